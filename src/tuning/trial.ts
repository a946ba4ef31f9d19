import type { Settings } from './points.ts';

/** Settings and how they did. */
export interface Trial {
  readonly settings: Settings;
  /** Mean log loss of each fold's validation rows, in nats; fewer than there are folds where it was stopped early. */
  readonly losses: readonly number[];
}

/**
 * A trial's loss over all folds: where it was stopped early, the reference's, shifted by the difference on the folds that both
 * have. Folds differ by more than settings do, so that plain means of different folds could not be compared.
 * @param reference a trial on all folds; the better it is, the better the estimate is where it matters.
 */
export function estimatedLoss({ losses }: Trial, reference: Trial, weights: readonly number[]): number {
  let difference = 0;
  let weight = 0;
  losses.forEach((loss, fold) => {
    difference += weights[fold] * (loss - reference.losses[fold]);
    weight += weights[fold];
  });
  return meanLoss(reference, weights) + difference / weight;
}

/** The mean over the validation rows of all folds of a trial that was not stopped. */
export function meanLoss({ losses }: Trial, weights: readonly number[]): number {
  return weights.reduce((sum, weight, fold) => sum + weight * losses[fold], 0);
}

/** Of the trials on all folds the one with the least loss; of equals the first. There must be one. */
export function bestTrial<T extends Trial>(trials: readonly T[], weights: readonly number[]): T {
  return trials
    .filter(({ losses }) => losses.length === weights.length)
    .reduce((best, trial) => (meanLoss(trial, weights) < meanLoss(best, weights) ? trial : best));
}

/** Each fold's share of all validation rows. */
export function weightsOf(validationRows: readonly number[]): number[] {
  const all = validationRows.reduce((sum, rows) => sum + rows, 0);
  return validationRows.map((rows) => rows / all);
}
