import type { Effects } from '../effects.ts';
import type { MetricIntervals } from '../evaluation/bootstrap.ts';
import {
  compareDrawn,
  type DrawnMetrics,
  drawMetrics,
  type ModelPair,
} from '../evaluation/compare-models.ts';
import { runTasks } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { Predictions } from './calibrate-learner.ts';
import type { CrossFitted } from './cross-fitted.ts';
import { type Decided, type Decision, decide, decided } from './decide-learner.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { LearnSettings } from './settings.ts';
import type { Split } from './split.ts';

/** One learner, decided by validation rows and judged by test rows. */
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

/** What learners are judged by, the same for all. */
export interface Judges {
  readonly split: Pick<Split, 'plan' | 'selection' | 'groups'>;
  readonly labels: Uint8Array;
  readonly settings: Pick<LearnSettings, 'seed' | 'replicates' | 'calibration'>;
}

/** A learner's decision, and its metrics on the test rows. */
export interface Verdict {
  readonly decision: Decision;
  readonly drawn: DrawnMetrics;
}

/** Fewer rows are judged before a thread has started. */
const ROWS_FOR_THREADS = 2000;

/**
 * Decides every learner by validation rows, and judges all by the same test rows and the same draws of users. Learners are dealt out to
 * threads, which changes no result; those of a thread share what is drawn.
 * @param fitted the baseline first.
 * @throws InterruptedError when the signal is aborted.
 */
export async function judgeLearners(
  fitted: readonly CrossFitted[],
  judges: Judges,
  { threads, signal }: Pick<Effects, 'threads' | 'signal'>,
): Promise<JudgedLearners> {
  const all = fitted.map(
    ({ probabilities, windows }): Predictions => ({
      probabilities,
      windows: windows.map((window) => ({ probabilities: window.probabilities })),
    }),
  );
  const parts = judges.labels.length < ROWS_FOR_THREADS ? 1 : Math.min(threads, all.length);
  const dealt = Array.from({ length: parts }, (_, part) => all.filter((_, k) => k % parts === part));
  const worker = workerUrl(import.meta.url, './judge-worker.ts');
  const judgedParts =
    parts === 1
      ? dealt.map((part) => judgeAll(part, judges))
      : await runTasks<readonly Predictions[], Verdict[]>(worker, judges, dealt, { threads, signal });
  const verdicts = all.map((_, k) => judgedParts[k % parts][Math.floor(k / parts)]);
  const { each, overFirst, pairs } = compareDrawn(verdicts.map(({ drawn }) => drawn));
  const judged = fitted.map((one, k) => ({
    ...decided(one, verdicts[k].decision),
    ...{ test: each[k], overBaseline: overFirst[k] },
  }));
  return { judged, pairs };
}

/** Decides learners and measures them. */
export function judgeAll(learners: readonly Predictions[], { split, labels, settings }: Judges): Verdict[] {
  const { plan, groups } = split;
  const decisions = learners.map((one) => decide(one, split, { labels, groups }, settings.calibration));
  const drawn = drawMetrics(
    pickLabels(labels, plan.testRows),
    decisions.map(({ probabilities, threshold }) => ({
      probabilities: pick(probabilities, plan.testRows),
      threshold,
    })),
    Int32Array.from(plan.testRows, (row) => groups[row]),
    settings,
  );
  return decisions.map((decision, k) => ({ decision, drawn: drawn[k] }));
}
