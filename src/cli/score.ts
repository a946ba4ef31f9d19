import { Command } from 'commander';
import { loadDefinition } from '../definition/load.ts';
import { UsageError } from '../errors.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { checkOutsideLog } from '../pipeline/outside-log.ts';
import type { OwnTableSpec } from '../pipeline/own-tables/own-table-spec.ts';
import { scoreLog } from '../pipeline/score-log.ts';
import { scoresCsv } from '../pipeline/scores-files.ts';
import { type EngineOptions, engineSettings, withEngineOptions } from './engine-options.ts';
import { parseDay, withCommonOptions, withLogOptions, withOwnTables } from './options.ts';
import { checkOutputFile, writeWhole } from './output-file.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeNotes, writeOut } from './terminal/write.ts';

interface Options extends EngineOptions {
  readonly model: string;
  readonly with: readonly OwnTableSpec[];
  readonly at?: number;
  readonly out?: string;
  readonly publish?: string;
  readonly definition?: string;
  readonly force?: boolean;
  readonly json?: true;
  readonly threads: number;
  readonly maxBadRows: BadRowLimit;
}

/** `refrain score LOG…` */
export function scoreCommand(signal: AbortSignal): Command {
  const command = new Command('score')
    .description('Score everyone at risk in a log with a saved model; CSV on stdout.')
    .argument('<log...>', 'files, folders or globs of the log')
    .requiredOption('--model <folder|file>', 'a run folder or its model.json (required)')
    .option('--at <day>', 'score as of the start of this UTC day (default: the day after the log)', parseDay)
    .option('--out <file>', 'write the CSV there instead')
    .option(
      '--publish <url|table:name>',
      'let the cluster keep user, cutoff and probability there, and send none here',
    )
    .option('--force', 'replace the file')
    .option('--definition <name|file>', 'what the log means (default: as the model was trained)');
  return withCommonOptions(withEngineOptions(withOwnTables(withLogOptions(command))))
    .addHelpText(
      'after',
      '\nGive the log from its beginning: features such as “since the first event” need the whole history.\n\nExample:\n  $ refrain score logs/ --model first-run --at 2018-11-30 > scores.csv',
    )
    .action(async (log: string[], options: Options) => {
      const { json, threads, definition, out, force = false, model, at, maxBadRows, publish } = options;
      if (publish !== undefined && out !== undefined) {
        throw new UsageError('Give --out or --publish: scores go to one place.', { out, publish });
      }
      if (out !== undefined) {
        await checkOutputFile(out, force);
        await checkOutsideLog(out, log);
      }
      const engine = await engineSettings(options);
      const named = definition === undefined ? {} : { definition: await loadDefinition(definition) };
      const scored = await withTerminal(signal, threads, (effects) =>
        scoreLog(
          {
            ...engine,
            ...named,
            log,
            model,
            own: options.with,
            maxBadRows,
            ...(at === undefined ? {} : { at }),
            ...(publish === undefined ? {} : { publish }),
          },
          effects,
        ),
      );
      writeNotes(scored.notes);
      if (scored.published !== undefined && !json) {
        writeOut(`${scored.published.users} scores at ${scored.published.place}`);
      } else if (out !== undefined) await writeWhole(out, scoresCsv(scored.scores));
      else if (!json) process.stdout.write(scoresCsv(scored.scores));
      if (json) writeJson(scored);
    });
}
