import { logLosses } from '../evaluation/probability-metrics.ts';
import { type JudgedContender, simplestWithinError } from '../evaluation/simplest-within-error.ts';
import { applyCalibrator, type Calibrator, type CalibratorName } from '../models/calibration/calibrator.ts';
import { calibratorNames, fitCalibrator } from '../models/calibration/fit-calibrator.ts';
import type { UncalibratedModel } from '../models/calibration/model.ts';
import type { Examples } from '../models/matrix.ts';
import type { Model } from '../models/model.ts';
import { clippedLogOdds } from '../models/stack/log-odds.ts';
import type { CalibrationName, CalibrationSetting } from './calibration-setting.ts';
import type { CrossFitted } from './cross-fitted.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { Split } from './split.ts';

/** How a learner's probabilities are put right. */
export interface Calibration {
  readonly name: CalibrationName;
  /** What was tried on validation rows, the simplest first; a calibrator that would turn a model round is not among them. */
  readonly candidates: readonly JudgedContender<CalibrationName>[];
}

/** A learner's models with their calibrators, and what they say. */
export interface Calibrated {
  readonly calibration: Calibration;
  readonly model: Model;
  readonly foldModels: readonly Model[];
  /** As `CrossFitted.probabilities`, calibrated. */
  readonly probabilities: Float64Array;
}

/**
 * Calibrates a learner by its out-of-fold predictions at training cutoffs. The calibrator of a fold's model is fitted to the predictions
 * for other users alone, so that no row has a part in what it is judged by; that of the delivered model to all of them. Which kind it is,
 * is chosen on validation rows: the one with the fewest numbers to fit among those as good as the best.
 */
export function calibrateLearner(
  one: CrossFitted,
  split: Pick<Split, 'plan' | 'selection'>,
  { labels, weights, groups }: Pick<Examples, 'labels' | 'weights' | 'groups'>,
  setting: CalibrationSetting,
): Calibrated {
  const { plan, selection } = split;
  const fitOn = (name: CalibratorName, rows: Int32Array) =>
    fitCalibrator(name, pick(one.probabilities, rows), {
      labels: pickLabels(labels, rows),
      weights: weights && pick(weights, rows),
    });
  const fitted = namesOf(setting).flatMap((name) => fitEverywhere(name, split, fitOn) ?? []);
  const contenders = [undefined, ...fitted].map((kind) => ({
    name: kind?.name ?? ('none' as const),
    losses: lossesOf(one.validation, split, labels, kind?.selection),
  }));
  const users = Int32Array.from(selection.folds.flatMap(({ validationRows }) => [...validationRows])).map(
    (row) => groups[row],
  );
  const { chosen, judged } = simplestWithinError(contenders, users);
  const used = setting === 'auto' ? fitted.find(({ name }) => name === chosen) : fitted[0];
  return {
    calibration: { name: used?.name ?? 'none', candidates: judged },
    model: withCalibrator(one.model, used?.whole),
    foldModels: one.foldModels.map((model, k) => withCalibrator(model, used?.plan[k])),
    probabilities: calibratedRows(one.probabilities, plan, used?.plan),
  };
}

function namesOf(setting: CalibrationSetting): readonly CalibratorName[] {
  return setting === 'auto' ? calibratorNames : calibratorNames.filter((name) => name === setting);
}

/** Calibrators of one kind, by fold, and for the delivered model. */
interface FittedKind {
  readonly name: CalibratorName;
  readonly plan: readonly Calibrator[];
  readonly selection: readonly Calibrator[];
  readonly whole: Calibrator;
}

/** Undefined where one of them would turn its model round. */
function fitEverywhere(
  name: CalibratorName,
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  fitOn: (name: CalibratorName, rows: Int32Array) => Calibrator | undefined,
): FittedKind | undefined {
  const known = new Map<Int32Array, Calibrator | undefined>();
  const fitOnce = (rows: Int32Array) => {
    const calibrator = known.has(rows) ? known.get(rows) : fitOn(name, rows);
    known.set(rows, calibrator);
    return calibrator ?? [];
  };
  const found = {
    name,
    plan: plan.fits.flatMap(({ trainRows }) => fitOnce(trainRows)),
    selection: selection.folds.flatMap(({ trainRows }) => fitOnce(trainRows)),
  };
  const whole = fitOn(name, plan.validationRows);
  const isWhole = found.plan.length === plan.fits.length && found.selection.length === selection.folds.length;
  return isWhole && whole !== undefined ? { ...found, whole } : undefined;
}

/** The log loss of each validation row, fold after fold. */
function lossesOf(
  validation: readonly Float64Array[],
  { selection }: Pick<Split, 'selection'>,
  labels: Uint8Array,
  calibrators: readonly Calibrator[] | undefined,
): Float64Array {
  const losses = selection.folds.flatMap(({ validationRows }, k) => {
    const { positive, negative } = logLosses(calibrated(validation[k], calibrators?.[k]));
    return Array.from(validationRows, (row, i) => (labels[row] === 1 ? positive[i] : negative[i]));
  });
  return Float64Array.from(losses);
}

/** The plan's predictions, each by the calibrator of its fold. */
function calibratedRows(
  probabilities: Float64Array,
  { fits }: Split['plan'],
  calibrators: readonly Calibrator[] | undefined,
): Float64Array {
  const all = probabilities.slice();
  fits.forEach(({ predictRows }, k) => {
    calibrated(pick(probabilities, predictRows), calibrators?.[k]).forEach((p, i) => {
      all[predictRows[i]] = p;
    });
  });
  return all;
}

function calibrated(probabilities: Float64Array, calibrator: Calibrator | undefined): Float64Array {
  return calibrator === undefined
    ? probabilities
    : applyCalibrator(calibrator, probabilities.map(clippedLogOdds));
}

function withCalibrator(model: UncalibratedModel, calibrator: Calibrator | undefined): Model {
  if (calibrator === undefined) return model;
  return { kind: 'calibrated', features: model.features, model, calibrator };
}
