import type { Effects } from '../../effects.ts';
import type { MetricIntervals } from '../../evaluation/bootstrap.ts';
import type { Examples } from '../../models/matrix.ts';
import { predict } from '../../models/model.ts';
import type { Decided } from '../decide-learner.ts';
import { crossFittedThresholds, type JudgedRows, judge } from './judge.ts';
import type { LearnedTable } from './learn-table.ts';
import type { FitTableSettings } from './settings.ts';

/** A learner, judged by rows that its models did not learn from. */
export interface FittedLearner extends Decided {
  readonly judgedRows: JudgedRows;
  readonly metrics: MetricIntervals;
  /** Seconds to predict the judged rows. */
  readonly predictSeconds: number;
}

/** Judges by the test rows or, where there are none, by each row's own fold. */
export function judgeFitted(
  { plan, decided, predictSeconds }: LearnedTable,
  training: Examples,
  test: Examples | undefined,
  settings: FitTableSettings,
  { now }: Pick<Effects, 'now'>,
): FittedLearner[] {
  return decided.map((one, k) => {
    if (test !== undefined) {
      const start = now();
      const probabilities = predict(one.model, test.matrix);
      const seconds = (now() - start) / 1000;
      const thresholds = new Float64Array(probabilities.length).fill(one.threshold);
      return judged(one, { ...test, probabilities, thresholds }, seconds, settings);
    }
    const { probabilities, threshold } = one;
    const thresholds =
      plan !== undefined && settings.threshold === 'best-f1'
        ? crossFittedThresholds(plan, training.labels, probabilities)
        : new Float64Array(probabilities.length).fill(threshold);
    return judged(one, { ...training, probabilities, thresholds }, predictSeconds[k], settings);
  });
}

function judged(
  one: Decided,
  { labels, groups, probabilities, thresholds }: JudgedRows,
  predictSeconds: number,
  settings: FitTableSettings,
): FittedLearner {
  const judgedRows = { labels, groups, probabilities, thresholds };
  return { ...one, judgedRows, predictSeconds, metrics: judge(judgedRows, settings) };
}
