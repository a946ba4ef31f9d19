import { clippedLogOdds } from '../stack/log-odds.ts';
import type { CalibrationRows } from './calibration-rows.ts';
import { bounded, type Calibrator, type CalibratorName, LARGEST_COEFFICIENT } from './calibrator.ts';
import { fitBeta } from './fit-beta.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt } from './fit-platt.ts';

/** Every kind of calibrator, those with fewer numbers to fit first. */
export const calibratorNames: readonly CalibratorName[] = ['platt', 'beta', 'isotonic'];

/**
 * Fits a calibrator to what a model said of rows that it had not learned from.
 * @param probabilities of the model, 0…1; those of 0 and 1 count as 1e-6 from there.
 * @returns undefined where it would turn the model round, or there is no telling how steep it is: as where every row has one prediction.
 * @throws NothingToLearnError when the rows lack an outcome.
 */
export function fitCalibrator(
  name: CalibratorName,
  probabilities: Float64Array,
  outcomes: Omit<CalibrationRows, 'logOdds'>,
): Calibrator | undefined {
  const rows = { ...outcomes, logOdds: probabilities.map((p) => bounded(clippedLogOdds(p))) };
  if (rows.logOdds.every((x) => x === rows.logOdds[0])) return undefined;
  const calibrator = fitKind(name, rows);
  return calibrator !== undefined && isBounded(calibrator) ? calibrator : undefined;
}

function fitKind(name: CalibratorName, rows: CalibrationRows): Calibrator | undefined {
  switch (name) {
    case 'platt': {
      const { slope, offset } = fitPlatt(rows.logOdds, rows);
      return slope > 0 ? { kind: 'platt', slope, intercept: offset } : undefined;
    }
    case 'beta':
      return fitBeta(rows);
    case 'isotonic':
      return fitIsotonic(rows);
  }
}

function isBounded(calibrator: Calibrator): boolean {
  if (calibrator.kind === 'isotonic') return true;
  const { kind: _, ...coefficients } = calibrator;
  return Object.values(coefficients).every((value) => Math.abs(value) <= LARGEST_COEFFICIENT);
}
