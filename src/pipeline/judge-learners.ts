import type { MetricIntervals } from '../evaluation/bootstrap.ts';
import { compareModels, type ModelPair } from '../evaluation/compare-models.ts';
import type { Decided } from './decide-learner.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { LearnSettings } from './settings.ts';
import type { Split } from './split.ts';

/** One learner, judged by test rows. */
export interface Judged extends Decided {
  readonly test: MetricIntervals;
  /** Test metrics less the baseline's. */
  readonly overBaseline: MetricIntervals;
}

export interface JudgedLearners {
  /** In the order given. */
  readonly judged: readonly Judged[];
  /** Every learner against every one before it, by their places. */
  readonly pairs: readonly ModelPair[];
}

/** Judges all learners by the same test rows and the same draws of users. @param decided the baseline first. */
export function judgeLearners(
  decided: readonly Decided[],
  { plan, groups }: Pick<Split, 'plan' | 'groups'>,
  labels: Uint8Array,
  { seed, replicates }: Pick<LearnSettings, 'seed' | 'replicates'>,
): JudgedLearners {
  const { each, overFirst, pairs } = compareModels(
    pickLabels(labels, plan.testRows),
    decided.map(({ probabilities, threshold }) => ({
      probabilities: pick(probabilities, plan.testRows),
      threshold,
    })),
    Int32Array.from(plan.testRows, (row) => groups[row]),
    { seed, replicates },
  );
  const judged = decided.map((one, k) => ({ ...one, test: each[k], overBaseline: overFirst[k] }));
  return { judged, pairs };
}
