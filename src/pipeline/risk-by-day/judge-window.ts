import { type BootstrapOptions, bootstrapMetrics, pairedDifference } from '../../evaluation/bootstrap.ts';
import { type CalibrationLine, calibrationLine } from '../../evaluation/calibration-line.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import { pick, pickLabels } from '../pick-rows.ts';
import type { LearnedNumbers } from '../without-models.ts';

/** The risk of the window that the chosen model forecasts, by hazards and by the model itself, on the same test rows. */
export interface JudgedWindow {
  readonly hazard: WindowMetrics;
  readonly classifier: WindowMetrics;
  /** Hazard less classifier; an interval without 0 tells the two apart. */
  readonly difference: Pick<WindowMetrics, 'rocAuc' | 'logLoss' | 'brier'>;
}

interface WindowMetrics {
  readonly rocAuc: Interval;
  readonly logLoss: Interval;
  readonly brier: Interval;
  readonly line: CalibrationLine;
}

/** Few, since these numbers only stand beside those of the models. */
const mostReplicates = 200;

/**
 * @param testRisks by day and test row.
 * @param users the user of each test row.
 */
export function judgeWindow(
  testRisks: readonly Float64Array[],
  { plan, chosen }: Pick<LearnedNumbers, 'plan' | 'chosen'>,
  labels: Uint8Array,
  users: Int32Array,
  { leadDays, horizonDays }: { readonly leadDays: number; readonly horizonDays: number },
  { seed, replicates = mostReplicates }: BootstrapOptions,
): JudgedWindow | undefined {
  if (leadDays + horizonDays > testRisks.length) return undefined;
  const options = { seed, replicates: Math.min(replicates, mostReplicates) };
  const outcomes = pickLabels(labels, plan.testRows);
  const { threshold } = chosen;
  const before = leadDays === 0 ? undefined : testRisks[leadDays - 1];
  const hazard = testRisks[leadDays + horizonDays - 1].map((risk, row) => risk - (before?.[row] ?? 0));
  const classifier = pick(chosen.probabilities, plan.testRows);
  const own = bootstrapMetrics(outcomes, hazard, users, threshold, options);
  const { intervals } = pairedDifference(
    outcomes,
    { probabilities: hazard, threshold },
    { probabilities: classifier, threshold },
    users,
    options,
  );
  return {
    hazard: { ...own.intervals, line: calibrationLine(outcomes, hazard, users) },
    classifier: { ...chosen.test.intervals, line: calibrationLine(outcomes, classifier, users) },
    difference: intervals,
  };
}
