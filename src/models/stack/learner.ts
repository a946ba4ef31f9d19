import type { Examples } from '../matrix.ts';
import { checkOutcomes, featuresOf, outOfFoldLogOdds, type StackCandidate } from './candidates.ts';
import { type ConvexProblem, minimiseConvex } from './constrained-newton.ts';
import { logLossCurvature, meanLogLoss } from './log-loss.ts';
import type { StackModel } from './model.ts';
import { leastNonNegative } from './quadratics.ts';

/** Inverse of the L2 penalty on the weights of the members' standardised log-odds, as in logistic regression. */
const C = 1;

/**
 * Stacked generalisation (Wolpert 1992): logistic regression of the outcome on the members' out-of-fold log-odds, with weights that
 * are not negative (Breiman 1996, "Stacked Regressions"). Without that it would turn a weak member round: a fold with more losses
 * than others leaves fewer to those who learn for it, so that what they predict falls where the rate rises. The penalty
 * shares the weight among members that say the same; a member that always predicts the same has none.
 * @throws InputError when a candidate's predictions are not a probability for each label, or there is no candidate.
 * @throws NothingToLearnError when there is no row, or only one of the two outcomes.
 */
export function fitStack(
  candidates: readonly StackCandidate[],
  { labels }: Pick<Examples, 'labels'>,
): StackModel {
  const columns = outOfFoldLogOdds(candidates, labels.length);
  checkOutcomes(labels);
  const scales = columns.map(scaleOf);
  const standardised = columns.map((column, m) => standardise(column, scales[m]));
  const weights = minimiseConvex(
    penalisedProblem([...standardised, new Float64Array(labels.length).fill(1)], labels),
  );
  const coefficients = scales.map(({ sd }, m) => (sd > 0 ? weights[m] / sd : 0));
  const shift = scales.reduce((sum, { mean }, m) => sum + coefficients[m] * mean, 0);
  return {
    kind: 'stack',
    features: featuresOf(candidates),
    members: candidates.map(({ model }) => model),
    coefficients,
    intercept: weights[columns.length] - shift,
  };
}

/** The mean log loss with the penalty on all weights but the last, the intercept. */
function penalisedProblem(columns: readonly Float64Array[], labels: Uint8Array): ConvexProblem {
  const members = columns.length - 1;
  const strength = 1 / (C * labels.length);
  const penalty = (weights: Float64Array) =>
    (strength / 2) * weights.reduce((sum, w, m) => sum + (m < members ? w * w : 0), 0);
  return {
    start: new Float64Array(columns.length),
    at: (weights) => {
      const { gradient, hessian } = logLossCurvature(columns, { targets: labels }, weights);
      for (let m = 0; m < members; m++) {
        gradient[m] += strength * weights[m];
        hessian[m * columns.length + m] += strength;
      }
      return { gradient, hessian };
    },
    valueAt: (weights) => meanLogLoss(columns, { targets: labels }, weights) + penalty(weights),
    leastQuadratic: leastNonNegative,
  };
}

interface Scale {
  readonly mean: number;
  /** Population standard deviation; 0 where all values are the same. */
  readonly sd: number;
}

function scaleOf(column: Float64Array): Scale {
  if (column.every((x) => x === column[0])) return { mean: column[0], sd: 0 };
  const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
  return { mean, sd: Math.sqrt(variance) };
}

function standardise(column: Float64Array, { mean, sd }: Scale): Float64Array {
  return column.map((x) => (sd > 0 ? (x - mean) / sd : 0));
}
