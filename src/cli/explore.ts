import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadDefinition } from '../definition/load.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { exploreLog } from '../pipeline/explore-log.ts';
import { type EngineOptions, engineSettings, withEngineOptions } from './engine-options.ts';
import { withCommonOptions, withLogOptions } from './options.ts';
import { accountingLines } from './terminal/accounting.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeNotes, writeOut } from './terminal/write.ts';

interface Options extends EngineOptions {
  readonly out: string;
  readonly definition: string;
  readonly force?: boolean;
  readonly json?: true;
  readonly threads: number;
  readonly maxBadRows: BadRowLimit;
}

/** `refrain explore LOG…` */
export function exploreCommand(signal: AbortSignal): Command {
  const command = new Command('explore')
    .description('Account for every line of a log and write its statistics as CSV; learns nothing.')
    .argument(
      '<log...>',
      'files, folders or globs: .json, .jsonl, .ndjson, .csv, also .gz and .zst, and .parquet',
    )
    .requiredOption('--out <folder>', 'where to write (required)')
    .option('--definition <name|file>', 'what the log means: a built-in name or a YAML file', 'sparkify')
    .option('--force', 'replace an earlier run in the folder');
  return withCommonOptions(withEngineOptions(withLogOptions(command)))
    .addHelpText('after', '\nExample:\n  $ refrain explore logs/ --out statistics-only')
    .action(async (log: string[], options: Options) => {
      const { json, definition, threads, force = false, out, maxBadRows } = options;
      const settings = {
        ...(await engineSettings(options)),
        ...{ log, out, force, maxBadRows },
        definition: await loadDefinition(definition),
      };
      const manifest = await withTerminal(signal, threads, (effects) => exploreLog(settings, effects));
      const folder = resolve(out);
      if (json) {
        writeJson({ folder, manifest });
        return;
      }
      writeNotes(manifest.notes);
      writeOut(accountingLines(manifest.accounting, manifest.inputs.length).join('\n'));
      writeOut(`${manifest.users} users, ${manifest.lost} lost.`);
      writeOut(join(folder, 'statistics'));
    });
}
