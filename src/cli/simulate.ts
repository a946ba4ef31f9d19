import { Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { PRESETS, type Size } from '../simulate/presets.ts';
import { type SimulateResult, simulate } from '../simulate/simulate.ts';
import { wholeNumber, withCommonOptions, withThreads } from './options.ts';
import { checkOutputFile } from './output-file.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeOut } from './terminal/write.ts';

interface Options {
  readonly size?: Size;
  readonly users?: number;
  readonly days?: number;
  readonly seed: number;
  readonly out: string;
  readonly threads: number;
  readonly force?: boolean;
  readonly json?: true;
}

/** `refrain simulate` */
export function simulateCommand(signal: AbortSignal): Command {
  const command = new Command('simulate')
    .description('Write the event log of Sparkify, a fictional music service: the same bytes for a seed.')
    .addOption(new Option('--size <size>', 'users and days of a known log').choices(Object.keys(PRESETS)))
    .option('--users <n>', 'users in the log', wholeNumber(1, 1_000_000))
    .option('--days <n>', 'days the log covers', wholeNumber(1, 3660))
    .option('--seed <n>', 'seed of all chance', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .requiredOption('--out <file|folder>', 'one file, or a folder with a file a day (required)')
    .option('--force', 'replace the file');
  return withCommonOptions(withThreads(command))
    .addHelpText(
      'after',
      '\nExamples:\n  $ refrain simulate --size mini --out mini.json\n  $ refrain simulate --users 1000 --days 90 --seed 7 --out logs/',
    )
    .action(async ({ json, threads, force = false, ...options }: Options) => {
      await checkOutputFile(options.out, force);
      checkEnding(options.out);
      const result = await withTerminal(signal, threads, (effects) => simulate(options, effects));
      if (json) writeJson(result);
      else writeOut(summary(result));
    });
}

/** The log is written as plain JSON lines; another ending would promise what the file does not hold. */
function checkEnding(out: string): void {
  const ending = /[.](csv|parquet|gz|zst|zstd)$/i.exec(out)?.[0];
  if (ending === undefined) return;
  throw new UsageError(
    `--out ends in ${ending}, but the log is written as JSON lines: expected .json, .jsonl or .ndjson.`,
    { out },
  );
}

function summary({ files, rows, bytes, users, lost }: SimulateResult): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const where = files.length === 1 ? files[0].path : `${files.length} files, ${files[0]?.path} first`;
  return `${count(rows)} rows, ${count(bytes)} bytes; ${count(users)} users, ${count(lost)} lost: ${where}`;
}
