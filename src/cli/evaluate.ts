import { Command } from 'commander';
import type { Interval } from '../evaluation/intervals.ts';
import { type Evaluated, type EvaluatedModel, evaluateRun } from '../pipeline/truth/evaluate-run.ts';
import { withCommonOptions, withThreads } from './options.ts';
import { withTerminal } from './terminal/effects.ts';
import { alignedTable, writeJson, writeOut } from './terminal/write.ts';

interface Options {
  readonly truth: string;
  readonly json?: true;
  readonly threads: number;
}

/** `refrain evaluate RUN` */
export function evaluateCommand(signal: AbortSignal): Command {
  const command = new Command('evaluate')
    .description('Measure the models of a run on a simulated log against the true probabilities of loss.')
    .argument('<run>', 'the folder of a run')
    .requiredOption('--truth <folder>', 'what refrain simulate --truth made with the log (required)');
  return withCommonOptions(withThreads(command))
    .addHelpText('after', help)
    .action(async (run: string, { truth, json, threads }: Options) => {
      const evaluated = await withTerminal(signal, threads, (effects) =>
        evaluateRun({ run, truth }, effects),
      );
      if (json) writeJson(evaluated);
      else writeOut(evaluatedText(evaluated));
    });
}

const help = `
Reach is the share of the reachable ranking: (ROC AUC − ½) / (oracle's ROC AUC − ½). The oracle knows the user's exact state,
hidden cohort and pace included. The reader knows the rules of the walk and reads the log, without these two: a model that
learns from the log cannot do better, but by chance.

The log and its truth come from refrain simulate --truth, the run from refrain run on that log; see docs/truth.md.

Examples:
  $ refrain evaluate first-run --truth mini-truth
  $ refrain evaluate first-run --truth mini-truth --json | jq '.models[] | {name, reach: .metrics.expectedReach}'`;

function evaluatedText(evaluated: Evaluated): string {
  const { cutoffs, examples, users, lost, leadDays, horizonDays, chosen, models } = evaluated;
  const marked = (name: string) => (name === chosen ? `${name} *` : name);
  const chosenModel = models.find(({ name }) => name === chosen);
  return [
    `${examples} test examples of ${users} users at ${cutoffs.join(', ')}: ${lost} lost within ${horizonDays} days after a lead of ${leadDays}.`,
    `Mean true probability ${rounded(evaluated.meanTruth, 4)}, known to ± ${rounded(evaluated.truthError, 4)} each.`,
    '',
    'Ranking, by what came:',
    alignedTable(models.map(({ name, metrics }) => ({ model: marked(name), ...ranked(metrics) }))),
    '',
    'Ranking, on average over what might have come:',
    alignedTable(models.map(({ name, metrics }) => ({ model: marked(name), ...expectedRanked(metrics) }))),
    '',
    'Calibration against the truth:',
    alignedTable(
      models.flatMap(({ name, metrics, uncalibrated }) => [
        { model: marked(name), ...calibrated(metrics) },
        ...(uncalibrated === undefined
          ? []
          : [{ model: '  before calibration', ...calibrated(uncalibrated) }]),
      ]),
    ),
    '',
    ...(chosenModel === undefined ? [] : [`Tenths by ${chosen}:`, tenths(chosenModel), '']),
    '* chosen by the run. The log is simulated; the truth is known for that reason alone.',
  ].join('\n');
}

type Metrics = EvaluatedModel['metrics'];

function ranked({ rocAuc, oracleRocAuc, reach, readerRocAuc, readerReach }: Ranking) {
  return {
    'ROC AUC (95 %)': inWords(rocAuc, 3),
    'oracle’s': inWords(oracleRocAuc, 3),
    reach: inWords(reach, 2),
    'reader’s': inWords(readerRocAuc, 3),
    'reach of it': inWords(readerReach, 2),
  };
}

type Ranking = Pick<Metrics, 'rocAuc' | 'oracleRocAuc' | 'reach' | 'readerRocAuc' | 'readerReach'>;

function expectedRanked(metrics: Metrics) {
  return ranked({
    rocAuc: metrics.expectedRocAuc,
    oracleRocAuc: metrics.expectedOracleRocAuc,
    reach: metrics.expectedReach,
    readerRocAuc: metrics.expectedReaderRocAuc,
    readerReach: metrics.expectedReaderReach,
  });
}

function calibrated({ meanAbsoluteError, bias, calibrationIntercept, calibrationSlope }: Metrics) {
  return {
    'mean abs. error': inWords(meanAbsoluteError, 4),
    bias: inWords(bias, 4),
    intercept: inWords(calibrationIntercept, 2),
    slope: inWords(calibrationSlope, 2),
  };
}

function tenths({ reliability }: EvaluatedModel): string {
  return alignedTable(
    reliability.map(({ rows, predicted, truth, observed }) => ({
      examples: rows,
      predicted: rounded(predicted, 4),
      true: rounded(truth, 4),
      came: rounded(observed, 4),
    })),
  );
}

function inWords({ value, low, high }: Interval, digits: number): string {
  return `${rounded(value, digits)} [${rounded(low, digits)}, ${rounded(high, digits)}]`;
}

function rounded(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits).replace('-', '−');
}
