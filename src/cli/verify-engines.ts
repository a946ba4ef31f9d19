import { Command } from 'commander';
import { loadDefinition } from '../definition/load.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { defaultLearnSettings } from '../pipeline/settings.ts';
import { type Verified, verifyEngines } from '../pipeline/verify-engines.ts';
import { type RemoteOptions, sparkTarget, withRemoteOptions } from './engine-options.ts';
import { withCommonOptions, withLogOptions } from './options.ts';
import { withTerminal } from './terminal/effects.ts';
import { alignedTable, writeJson, writeNotes, writeOut } from './terminal/write.ts';

interface Options extends RemoteOptions {
  readonly definition: string;
  readonly json?: true;
  readonly threads: number;
  readonly maxBadRows: BadRowLimit;
  readonly memory?: string;
}

/** `refrain verify-engines LOG…` */
export function verifyEnginesCommand(signal: AbortSignal): Command {
  const command = new Command('verify-engines')
    .description('Compute a log’s ledger and features on both engines and compare them byte by byte.')
    .argument('<log...>', 'files, folders or globs of the log; not too large: both engines read it')
    .option('--definition <name|file>', 'what the log means: a built-in name or a YAML file', 'sparkify');
  return withCommonOptions(withRemoteOptions(withLogOptions(command)))
    .addHelpText('after', help)
    .action(async (log: string[], options: Options) => {
      const { json, threads, maxBadRows, memory } = options;
      const settings = {
        ...defaultLearnSettings,
        ...{ log, maxBadRows },
        ...(memory === undefined ? {} : { memory }),
        definition: await loadDefinition(options.definition),
        spark: await sparkTarget(options),
      };
      const verified = await withTerminal(signal, threads, (effects) => verifyEngines(settings, effects));
      writeNotes(verified.notes);
      if (json) writeJson(verified);
      else writeOut(textOf(verified));
      if (!verified.equal) process.exitCode = 1;
    });
}

const help = `
Exit code 1, a fault of Refrain's, when they differ.

Example:
  $ refrain spark start
  $ refrain verify-engines mini.json`;

function textOf({ comparisons, seconds, equal }: Verified): string {
  const files = comparisons.map(({ file, bytes, equal: same }) => ({
    file,
    bytes,
    engines: same ? 'equal' : 'DIFFER',
  }));
  const stages = Object.keys(seconds.duckdb).map((stage) => ({
    stage,
    'DuckDB (s)': seconds.duckdb[stage].toFixed(1),
    'Spark (s)': seconds.spark[stage].toFixed(1),
  }));
  const differences = comparisons.flatMap(({ file, differences: found }) =>
    found.map(({ engine, text }) => `${file}, only ${engine}: ${text.slice(0, 500)}`),
  );
  return [
    alignedTable(files),
    '',
    alignedTable(stages),
    '',
    ...differences,
    equal ? 'Both engines give the same bytes.' : 'The engines differ.',
  ].join('\n');
}
