import { mean } from '../../mean.ts';
import { minimiseConvex } from '../stack/constrained-newton.ts';
import { logLossCurvature, meanLogLoss } from '../stack/log-loss.ts';
import { clippedLogOdds } from '../stack/log-odds.ts';
import { leastNonNegative } from '../stack/quadratics.ts';
import type { CalibrationRows } from './calibration-rows.ts';
import { type BetaCalibrator, logOfProbability } from './calibrator.ts';
import { outcomeWeights, plattTargets } from './platt-targets.ts';

/**
 * Beta calibration (Kull, Silva Filho and Flach 2017, "Beyond sigmoids"): logistic regression on ln p and −ln(1 − p) with coefficients
 * that are not negative, so that it rises. Where the authors' code drops a column whose coefficient comes out below 0, here both are found
 * under the constraint; the targets are Platt's. Undefined where neither column tells the outcomes apart.
 */
export function fitBeta({ logOdds, labels, weights }: CalibrationRows): BetaCalibrator | undefined {
  const [stayed, lost] = outcomeWeights(labels, weights);
  const target = plattTargets(stayed, lost);
  const rows = { targets: Float64Array.from(labels, (label) => target[label]), counts: weights };
  const logs = [logOdds.map(logOfProbability), logOdds.map((x) => -logOfProbability(-x))];
  const centres = logs.map(mean);
  // About their means, and from the fit without them: rows that all lie far out would leave Newton's method on the plain of a sigmoid.
  const columns = [
    ...logs.map((column, k) => column.map((x) => x - centres[k])),
    new Float64Array(logOdds.length).fill(1),
  ];
  const expected = (stayed * target[0] + lost * target[1]) / (stayed + lost);
  const [a, b, centred] = minimiseConvex({
    start: Float64Array.of(0, 0, clippedLogOdds(expected)),
    at: (coefficients) => logLossCurvature(columns, rows, coefficients),
    valueAt: (coefficients) => meanLogLoss(columns, rows, coefficients),
    leastQuadratic: leastNonNegative,
  });
  const intercept = centred - a * centres[0] - b * centres[1];
  return a + b > 0 ? { kind: 'beta', a, b, intercept } : undefined;
}
