import { coefficientsOverFolds, type FoldedCoefficient } from '../explanation/coefficients-over-folds.ts';
import { withoutCalibration } from '../models/calibration/model.ts';
import type { Learned } from './learn.ts';

/** What a linear model weighs. */
export interface FoldCoefficients {
  readonly judged: Learned['judged'][number];
  readonly folds: number;
  /** Largest first. */
  readonly terms: readonly FoldedCoefficient[];
}

/** The coefficients of the linear models among the learners, the baseline aside. */
export function foldCoefficients({ judged }: Learned): FoldCoefficients[] {
  return judged.slice(1).flatMap((one) => {
    const linear = one.foldModels
      .map(withoutCalibration)
      .filter((model) => model.kind === 'logistic-regression');
    if (linear.length === 0 || linear.length < one.foldModels.length) return [];
    return [{ judged: one, folds: linear.length, terms: coefficientsOverFolds(linear) }];
  });
}
