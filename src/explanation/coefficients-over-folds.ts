import { groupJackknife } from '../evaluation/group-jackknife.ts';
import type { Interval } from '../evaluation/intervals.ts';
import type { LogisticRegressionModel } from '../models/logistic-regression/model.ts';

/** A coefficient of a linear model, in log-odds for a standard deviation of its term. */
export interface FoldedCoefficient {
  readonly feature: string;
  /** The term is 1 where the feature has no value, and 0 elsewhere. */
  readonly isMissing: boolean;
  readonly coefficient: Interval;
}

/**
 * The mean coefficients of models each of which did not see another fold of users, largest first whichever their sign, with intervals by
 * the delete-a-group jackknife. They tell how far other users would have moved a coefficient; a penalty draws all to 0, which they do
 * not tell. A term that a fold's rows do not have weighs nothing there.
 */
export function coefficientsOverFolds(models: readonly LogisticRegressionModel[]): FoldedCoefficient[] {
  const known = new Map<string, { feature: string; isMissing: boolean; estimates: Float64Array }>();
  models.forEach(({ features, terms, coefficients }, fold) => {
    terms.forEach(({ feature: at, part }, j) => {
      const key = `${part} ${features[at]}`;
      const term = known.get(key) ?? {
        feature: features[at],
        isMissing: part === 'missing',
        estimates: new Float64Array(models.length),
      };
      term.estimates[fold] = coefficients[j];
      known.set(key, term);
    });
  });
  return [...known.values()]
    .map(({ estimates, ...term }) => ({ ...term, coefficient: groupJackknife(estimates) }))
    .sort(
      (a, b) =>
        Math.abs(b.coefficient.value) - Math.abs(a.coefficient.value) || (a.feature < b.feature ? -1 : 1),
    );
}
