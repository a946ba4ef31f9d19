import type { Examples } from '../matrix.ts';
import { checkOutcomes, featuresOf, outOfFoldLogOdds, type StackCandidate } from './candidates.ts';
import { minimiseConvex } from './constrained-newton.ts';
import { logLossCurvature, meanLogLoss } from './log-loss.ts';
import type { StackModel } from './model.ts';
import { leastOnSimplex } from './quadratics.ts';

/**
 * A blend: the weighted mean of the members' log-odds (the logarithmic opinion pool of Genest and Zidek 1986), with the weights,
 * none negative and together 1, whose log loss on out-of-fold predictions is least. It can neither sharpen its members nor shift
 * them, as a stack can, and so it overfits less where losses are few.
 * @throws InputError when a candidate's predictions are not a probability for each label, or there is no candidate.
 * @throws NothingToLearnError when there is no row, or only one of the two outcomes.
 */
export function fitBlend(
  candidates: readonly StackCandidate[],
  { labels }: Pick<Examples, 'labels'>,
): StackModel {
  const columns = outOfFoldLogOdds(candidates, labels.length);
  checkOutcomes(labels);
  const weights = minimiseConvex({
    start: new Float64Array(columns.length).fill(1 / columns.length),
    at: (weights) => logLossCurvature(columns, { targets: labels }, weights),
    valueAt: (weights) => meanLogLoss(columns, { targets: labels }, weights),
    leastQuadratic: leastOnSimplex,
  });
  return {
    kind: 'stack',
    features: featuresOf(candidates),
    members: candidates.map(({ model }) => model),
    coefficients: Array.from(weights),
    intercept: 0,
  };
}
