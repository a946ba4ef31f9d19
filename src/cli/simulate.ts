import { Command, Option } from 'commander';
import { PRESETS, type Size } from '../simulate/presets.ts';
import { type SimulateResult, simulate } from '../simulate/simulate.ts';
import { wholeNumber, withCommonOptions, withThreads } from './options.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeOut } from './terminal/write.ts';

interface Options {
  readonly size?: Size;
  readonly users?: number;
  readonly days?: number;
  readonly seed: number;
  readonly out: string;
  readonly threads: number;
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
    .requiredOption('--out <file|folder>', 'one file, or a folder with a file a day');
  return withCommonOptions(withThreads(command))
    .addHelpText(
      'after',
      '\nExamples:\n  $ refrain simulate --size mini --out mini.json\n  $ refrain simulate --users 1000 --days 90 --seed 7 --out logs/',
    )
    .action(async ({ json, threads, ...options }: Options) => {
      const result = await withTerminal(signal, threads, (effects) => simulate(options, effects));
      if (json) writeJson(result);
      else writeOut(summary(result));
    });
}

function summary({ files, rows, bytes, users, lost }: SimulateResult): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const where = files.length === 1 ? files[0].path : `${files.length} files, ${files[0]?.path} first`;
  return `${count(rows)} rows, ${count(bytes)} bytes; ${count(users)} users, ${count(lost)} lost: ${where}`;
}
