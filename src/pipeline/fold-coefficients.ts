import { groupJackknife } from '../evaluation/group-jackknife.ts';
import type { Interval } from '../evaluation/intervals.ts';
import { withoutCalibration } from '../models/calibration/model.ts';
import type { LogisticRegressionModel } from '../models/logistic-regression/model.ts';
import type { Learned } from './learn.ts';

/** The coefficients of a linear model, of its terms in units of their standard deviations. */
export interface FoldCoefficients {
  readonly judged: Learned['judged'][number];
  readonly folds: number;
  /** Largest first, whichever their sign. */
  readonly terms: readonly {
    readonly feature: string;
    /** The term is 1 where the feature has no value, and 0 elsewhere. */
    readonly isMissing: boolean;
    readonly coefficient: Interval;
  }[];
}

/**
 * What the linear models among the learners weigh, the baseline aside: the mean over the models of the folds, each of which did not
 * see a fold of users, with intervals by the delete-a-group jackknife. They tell how far other users would have moved a
 * coefficient; a penalty draws all to 0, which they do not tell.
 */
export function foldCoefficients({ judged }: Learned): FoldCoefficients[] {
  return judged.slice(1).flatMap((one) => {
    const linear = one.foldModels
      .map(withoutCalibration)
      .filter((model) => model.kind === 'logistic-regression');
    if (linear.length === 0 || linear.length < one.foldModels.length) return [];
    return [{ judged: one, folds: linear.length, terms: termsOf(linear) }];
  });
}

function termsOf(models: readonly LogisticRegressionModel[]): FoldCoefficients['terms'] {
  const known = new Map<string, { feature: string; isMissing: boolean; estimates: Float64Array }>();
  models.forEach(({ features, terms, coefficients }, fold) => {
    terms.forEach(({ feature: at, part }, j) => {
      const key = `${part} ${features[at]}`;
      const term = known.get(key) ?? {
        feature: features[at],
        isMissing: part === 'missing',
        // A term that a fold's rows do not have weighs nothing there.
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
