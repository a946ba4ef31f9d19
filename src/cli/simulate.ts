import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { defaultLearnSettings } from '../pipeline/settings.ts';
import {
  defaultContinuations,
  simulateWithTruth,
  type TruthOptions,
} from '../pipeline/truth/simulate-with-truth.ts';
import { loadScenario } from '../simulate/load-scenario.ts';
import { PRESETS, type Size } from '../simulate/presets.ts';
import type { Scenario } from '../simulate/scenario.ts';
import { type SimulateResult, simulate } from '../simulate/simulate.ts';
import { parseDay, wholeNumber, withCommonOptions, withThreads } from './options.ts';
import { checkOutputFile } from './output-file.ts';
import { withTerminal } from './terminal/effects.ts';
import { writeJson, writeOut } from './terminal/write.ts';

interface Options {
  readonly size?: Size;
  readonly users?: number;
  readonly days?: number;
  readonly seed: number;
  readonly out: string;
  readonly scenario?: string;
  readonly truth?: string;
  readonly cutoffs?: readonly number[];
  readonly lead?: number;
  readonly horizon?: number;
  readonly every?: number;
  readonly history?: number;
  readonly continuations?: number;
  readonly threads: number;
  readonly force?: boolean;
  readonly json?: true;
}

/** `refrain simulate` */
export function simulateCommand(signal: AbortSignal): Command {
  const run = defaultLearnSettings;
  const days = wholeNumber(1, 3660);
  const command = new Command('simulate')
    .description('Write the event log of Sparkify, a fictional music service: the same bytes for a seed.')
    .addOption(new Option('--size <size>', 'users and days of a known log').choices(Object.keys(PRESETS)))
    .option('--users <n>', 'users in the log', wholeNumber(1, 1_000_000))
    .option('--days <n>', 'days the log covers', days)
    .option('--seed <n>', 'seed of all chance', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .requiredOption('--out <file|folder>', 'one file, or a folder with a file a day (required)')
    .option(
      '--scenario <file>',
      'YAML that changes the walk: rates, pages, cohorts, an offer (docs/scenarios.md)',
    )
    .option(
      '--truth <folder>',
      'write there how likely everyone at risk was to be lost, and their hidden cohort and pace',
    )
    .option('--cutoffs <days>', 'UTC days of the truth, comma-separated (default: those of a run)', parseDays)
    .option('--lead <days>', `of the truth, as in run (default: ${run.leadDays})`, wholeNumber(0, 3660))
    .option('--horizon <days>', `of the truth, as in run (default: ${run.horizonDays})`, days)
    .option('--every <days>', `of the truth, as in run (default: ${run.everyDays})`, days)
    .option('--history <days>', `of the truth, as in run (default: ${run.historyDays})`, days)
    .option(
      '--continuations <n>',
      `walks that each probability of the truth is the mean of (default: ${defaultContinuations})`,
      wholeNumber(2, 1_000_000),
    )
    .option('--force', 'replace the file, and the folder of the truth');
  return withCommonOptions(withThreads(command))
    .addHelpText('after', examples)
    .action(async ({ json, threads, force = false, scenario: path, ...rest }: Options) => {
      await checkOutputFile(rest.out, force);
      checkEnding(rest.out);
      const truth = truthOptions(rest, force);
      const options = path === undefined ? rest : { ...rest, scenario: await loadScenario(path) };
      if ('scenario' in options) checkOffer(options.scenario, truth);
      const result = await withTerminal(signal, threads, async (effects) =>
        truth === undefined
          ? { log: await simulate(options, effects) }
          : await simulateWithTruth(options, truth, effects),
      );
      if (json) writeJson('truth' in result ? { ...result.log, truth: result.truth } : result.log);
      else writeOut(summary(result.log));
    });
}

const examples = `
Examples:
  $ refrain simulate --size mini --out mini.json
  $ refrain simulate --users 1000 --days 90 --seed 7 --out logs/
  $ refrain simulate --size mini --out mini.json --truth mini-truth
  $ refrain simulate --size medium --scenario offer.yaml --out offer.json --truth offer-truth`;

/** What `--truth` asks for; its other options are of no use without it. */
function truthOptions(
  options: Omit<Options, 'json' | 'threads' | 'force'>,
  force: boolean,
): TruthOptions | undefined {
  const { truth: folder, cutoffs, lead, horizon, every, history, continuations } = options;
  if (folder === undefined) {
    const without = Object.entries({ cutoffs, lead, horizon, every, history, continuations });
    const idle = without.find(([, value]) => value !== undefined)?.[0];
    if (idle === undefined) return undefined;
    throw new UsageError(`--${idle} is about the truth: give --truth FOLDER with it.`, { option: idle });
  }
  if (cutoffs !== undefined && (every !== undefined || history !== undefined)) {
    throw new UsageError('Give --cutoffs, or --every and --history: not both.', { cutoffs });
  }
  const defaults = defaultLearnSettings;
  return {
    folder,
    force,
    leadDays: lead ?? defaults.leadDays,
    horizonDays: horizon ?? defaults.horizonDays,
    everyDays: every ?? defaults.everyDays,
    historyDays: history ?? defaults.historyDays,
    continuations: continuations ?? defaultContinuations,
    ...(cutoffs === undefined ? {} : { cutoffs }),
  };
}

/** Who got an offer stands in the truth alone. */
function checkOffer({ name, offer }: Scenario, truth: TruthOptions | undefined): void {
  if (offer === undefined || truth !== undefined) return;
  throw new UsageError(
    `The scenario ${name} has an offer: give --truth FOLDER, where those who get it are written.`,
    { scenario: name },
  );
}

function parseDays(text: string): readonly number[] {
  const days = text.split(',').map(parseDay);
  if (new Set(days).size < days.length) throw new InvalidArgumentError('Expected each day once.');
  return days;
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
