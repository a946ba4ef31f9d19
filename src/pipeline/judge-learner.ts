import { bootstrapMetrics, type MetricIntervals, pairedDifference } from '../evaluation/bootstrap.ts';
import { evaluate } from '../evaluation/metrics.ts';
import { chooseThreshold } from '../evaluation/threshold.ts';
import type { FitResult } from '../models/fit-task.ts';
import type { Model } from '../models/model.ts';
import { learnerTitle, type RunLearnerName } from './learner-names.ts';
import type { LearnSettings } from './settings.ts';
import type { Split } from './split.ts';

/** One learner, decided by validation rows. */
export interface Decided {
  readonly name: RunLearnerName;
  readonly title: string;
  /** Fitted on every labelled example. */
  readonly model: Model;
  /** One a fold, in the order of the plan's fits; what the metrics judge. */
  readonly foldModels: readonly Model[];
  /** Out-of-fold probability of each row that the plan predicts; NaN elsewhere. */
  readonly probabilities: Float64Array;
  /** Chosen on validation rows. */
  readonly threshold: number;
  /** On validation rows; what the model is chosen by. */
  readonly validationLogLoss: number;
  /** Seconds of the fit on every labelled example. */
  readonly fitSeconds: number;
}

/** One learner, judged by test rows. */
export interface Judged extends Decided {
  readonly test: MetricIntervals;
  /** Test metrics less the baseline's. */
  readonly overBaseline: MetricIntervals;
}

/** @param fits one for each of the plan's, then the one on every row. */
export function decideLearner(
  name: RunLearnerName,
  fits: readonly FitResult[],
  { plan }: Pick<Split, 'plan'>,
  labels: Uint8Array,
): Decided {
  const probabilities = new Float64Array(labels.length).fill(Number.NaN);
  plan.fits.forEach(({ predictRows }, k) => {
    predictRows.forEach((row, i) => {
      probabilities[row] = fits[k].predictions[i];
    });
  });
  const validation = pick(probabilities, plan.validationRows);
  const outcomes = pickLabels(labels, plan.validationRows);
  const whole = fits[plan.fits.length];
  return {
    name,
    title: learnerTitle(name),
    model: whole.model,
    foldModels: fits.slice(0, -1).map((fit) => fit.model),
    probabilities,
    threshold: chooseThreshold(outcomes, validation).threshold,
    validationLogLoss: evaluate(outcomes, validation, 0.5).logLoss,
    fitSeconds: whole.fitSeconds,
  };
}

export function judgeLearner(
  one: Decided,
  baseline: Decided,
  { plan, groups }: Split,
  labels: Uint8Array,
  { seed, replicates }: LearnSettings,
): Judged {
  const outcomes = pickLabels(labels, plan.testRows);
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  const decisions = ({ probabilities, threshold }: Decided) => ({
    probabilities: pick(probabilities, plan.testRows),
    threshold,
  });
  const own = decisions(one);
  return {
    ...one,
    test: bootstrapMetrics(outcomes, own.probabilities, users, own.threshold, { seed, replicates }),
    overBaseline: pairedDifference(outcomes, own, decisions(baseline), users, { seed, replicates }),
  };
}

export function pick(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]);
}

export function pickLabels(labels: Uint8Array, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]);
}
