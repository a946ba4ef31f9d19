import type { Settings } from './points.ts';
import { bestTrial, estimatedLoss, type Trial } from './trial.ts';

/** What a search found. */
export interface Tuned {
  /** Of the trials that were fitted on all folds the one with the least log loss; of equals the first. */
  readonly settings: Settings;
  /** In the order in which they were proposed; the first is of the defaults. */
  readonly trials: readonly JudgedTrial[];
}

export interface JudgedTrial {
  readonly settings: Settings;
  /** Fits that it got. */
  readonly folds: number;
  /** Mean over the validation rows of all folds, in nats; where it was stopped early, an estimate. */
  readonly logLoss: number;
  readonly state: 'chosen' | 'complete' | 'stopped';
}

/** @param weights by fold, its share of the validation rows. */
export function judgeTrials(trials: readonly Trial[], weights: readonly number[]): Tuned {
  const best = bestTrial(trials, weights);
  return {
    settings: best.settings,
    trials: trials
      .filter(({ losses }) => losses.length > 0)
      .map((trial) => ({
        settings: trial.settings,
        folds: trial.losses.length,
        logLoss: estimatedLoss(trial, best, weights),
        state: trial === best ? 'chosen' : trial.losses.length === weights.length ? 'complete' : 'stopped',
      })),
  };
}
