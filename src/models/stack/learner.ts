import { logisticRegression } from '../logistic-regression/learner.ts';
import type { LogisticRegressionModel } from '../logistic-regression/model.ts';
import type { Examples } from '../matrix.ts';
import { featuresOf, outOfFoldLogOdds, type StackCandidate } from './candidates.ts';
import type { StackModel } from './model.ts';

/** Inverse of the L2 penalty on the weights of the members' standardised log-odds, as in logistic regression. */
const C = 1;

/**
 * Stacked generalisation (Wolpert 1992): logistic regression of the outcome on the members' out-of-fold log-odds. The
 * penalty shares the weight among members that say the same; a member that always predicts the same has none.
 * @param groups the index of each row's user.
 * @throws InputError when a candidate's predictions are not a probability for each label, or there is no candidate.
 * @throws NothingToLearnError when there is no row, or only one of the two outcomes.
 */
export function fitStack(
  candidates: readonly StackCandidate[],
  { labels, groups }: Pick<Examples, 'labels' | 'groups'>,
): StackModel {
  const columns = outOfFoldLogOdds(candidates, labels.length);
  const names = candidates.map((_, m) => `member ${m}`);
  const matrix = { rows: labels.length, names, columns };
  const fitted = logisticRegression.fit({ matrix, labels, groups }, { C, classWeight: 'none' }, 0);
  return {
    kind: 'stack',
    features: featuresOf(candidates),
    members: candidates.map(({ model }) => model),
    ...unstandardised(fitted, candidates.length),
  };
}

/** The weights of the log-odds themselves. */
function unstandardised(
  { terms, coefficients, intercept }: LogisticRegressionModel,
  members: number,
): { coefficients: number[]; intercept: number } {
  const weights = new Array<number>(members).fill(0);
  terms.forEach(({ feature, sd }, k) => {
    weights[feature] = coefficients[k] / sd;
  });
  const shift = terms.reduce((sum, { feature, mean }) => sum + weights[feature] * mean, 0);
  return { coefficients: weights, intercept: intercept - shift };
}
