import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import { logLosses } from '../evaluation/probability-metrics.ts';
import { judgedPlans } from '../evaluation/selection.ts';
import { type JudgedContender, simplestWithinError } from '../evaluation/simplest-within-error.ts';
import { applyCalibrator, type Calibrator, type CalibratorName } from '../models/calibration/calibrator.ts';
import { calibratorNames, fitCalibrator } from '../models/calibration/fit-calibrator.ts';
import type { Examples } from '../models/matrix.ts';
import { clippedLogOdds } from '../models/stack/log-odds.ts';
import type { CalibrationName, CalibrationSetting } from './calibration-setting.ts';
import type { PlanFits } from './cross-fitted.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { Split } from './split.ts';

/** How a learner's probabilities are put right. */
interface Calibration {
  readonly name: CalibrationName;
  /** What was tried on validation rows, the simplest first; a calibrator that would turn a model round is not among them. */
  readonly candidates: readonly JudgedContender<CalibrationName>[];
}

/** What a learner's models said out of fold: all that a calibrator needs to know of them. */
export interface Predictions {
  /** As `PlanFits.probabilities`. */
  readonly probabilities: Float64Array;
  /** By window of the selection. */
  readonly windows: readonly Pick<PlanFits, 'probabilities'>[];
}

/** A learner's calibrators, and what its models say with them. */
export interface Calibrated {
  readonly calibration: Calibration;
  /** Of the delivered model and of each of the plan's fits; absent where the probabilities stay as they are. */
  readonly calibrators?: { readonly whole: Calibrator; readonly folds: readonly Calibrator[] };
  /** As `Predictions.probabilities`, calibrated. */
  readonly probabilities: Float64Array;
}

/**
 * Calibrates a learner by its out-of-fold predictions at training cutoffs. The calibrator of a fold's model is fitted to the predictions
 * for other users alone, so that no row has a part in what it is judged by; that of the delivered model to all of them. Which kind it is,
 * is chosen on the rows that the selection judges: the one with the fewest numbers to fit among those as good as the best.
 */
export function calibrateLearner(
  one: Predictions,
  split: Pick<Split, 'plan' | 'selection'>,
  examples: Pick<Examples, 'labels' | 'weights' | 'groups'>,
  setting: CalibrationSetting,
): Calibrated {
  const fitted = namesOf(setting).flatMap((name) => fitKind(name, one, split, examples) ?? []);
  const { chosen, judged } = choose(one, fitted, split, examples);
  const used = setting === 'auto' ? fitted.find(({ name }) => name === chosen) : fitted[0];
  return {
    calibration: { name: used?.name ?? 'none', candidates: judged },
    ...(used && { calibrators: { whole: used.whole, folds: used.main.calibrators } }),
    probabilities: used?.main.probabilities ?? one.probabilities,
  };
}

function namesOf(setting: CalibrationSetting): readonly CalibratorName[] {
  return setting === 'auto' ? calibratorNames : calibratorNames.filter((name) => name === setting);
}

/** Calibrators of a plan, one a fit, and the probabilities that they make. */
interface PlanCalibration {
  readonly calibrators: readonly Calibrator[];
  readonly probabilities: Float64Array;
}

/** Calibrators of one kind: of the plan, of each window, and of the delivered model. */
interface FittedKind {
  readonly name: CalibratorName;
  readonly main: PlanCalibration;
  readonly windows: readonly PlanCalibration[];
  readonly whole: Calibrator;
}

/** Undefined where one of them would turn its model round. */
function fitKind(
  name: CalibratorName,
  one: Predictions,
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  { labels, weights }: Pick<Examples, 'labels' | 'weights'>,
): FittedKind | undefined {
  const fitOn = (probabilities: Float64Array, rows: Int32Array) =>
    fitCalibrator(name, pick(probabilities, rows), {
      labels: pickLabels(labels, rows),
      weights: weights && pick(weights, rows),
    });
  const whole = fitOn(one.probabilities, plan.validationRows);
  const main = calibratePlan(plan, one.probabilities, fitOn);
  const windows = selection.plans.flatMap(
    (window, w) => calibratePlan(window, one.windows[w].probabilities, fitOn) ?? [],
  );
  if (whole === undefined || main === undefined || windows.length < selection.plans.length) return undefined;
  return { name, main, windows, whole };
}

/** Each fit's predictions by a calibrator that was fitted to those for its training rows, which other models made. */
function calibratePlan(
  { fits }: CrossFitPlan,
  probabilities: Float64Array,
  fitOn: (probabilities: Float64Array, rows: Int32Array) => Calibrator | undefined,
): PlanCalibration | undefined {
  const calibrators = fits.flatMap(({ trainRows }) => fitOn(probabilities, trainRows) ?? []);
  if (calibrators.length < fits.length) return undefined;
  const calibrated = probabilities.slice();
  fits.forEach(({ predictRows }, k) => {
    const logOdds = pick(probabilities, predictRows).map(clippedLogOdds);
    applyCalibrator(calibrators[k], logOdds).forEach((p, i) => {
      calibrated[predictRows[i]] = p;
    });
  });
  return { calibrators, probabilities: calibrated };
}

/** Compares the kinds, and none at all, by log loss on the rows that the selection judges. */
function choose(
  one: Predictions,
  fitted: readonly FittedKind[],
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  { labels, groups }: Pick<Examples, 'labels' | 'groups'>,
) {
  const plans = judgedPlans(plan, selection);
  const lossesOf = (parts: readonly { readonly probabilities: Float64Array }[]) =>
    Float64Array.from(
      plans.flatMap(({ judgedRows }, k) => rowLosses(parts[k].probabilities, judgedRows, labels)),
    );
  const partsOf = <T>(main: T, windows: readonly T[]) => (windows.length === 0 ? [main] : windows);
  const users = plans.flatMap(({ judgedRows }) => Array.from(judgedRows, (row) => groups[row]));
  return simplestWithinError<CalibrationName>(
    [
      { name: 'none', losses: lossesOf(partsOf(one, one.windows)) },
      ...fitted.map(({ name, main, windows }) => ({ name, losses: lossesOf(partsOf(main, windows)) })),
    ],
    Int32Array.from(users),
  );
}

function rowLosses(probabilities: Float64Array, rows: Int32Array, labels: Uint8Array): number[] {
  const { positive, negative } = logLosses(pick(probabilities, rows));
  return Array.from(rows, (row, i) => (labels[row] === 1 ? positive[i] : negative[i]));
}
