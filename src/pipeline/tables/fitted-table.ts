import type { PermutationImportance } from '../../explanation/permutation.ts';
import type { Tuned } from '../../tuning/tuned.ts';
import type { FittedLearner } from './judge-fitted.ts';
import type { TrainingTable } from './training-table.ts';

/** What `fitTable` did. */
export interface FittedTable {
  readonly fitted: readonly FittedLearner[];
  /** The one with the least log loss out of fold, or the only one. */
  readonly chosen: FittedLearner;
  readonly training: TrainingTable;
  /** What the columns are worth to the chosen one, most important first. */
  readonly importance: readonly PermutationImportance[];
  readonly notes: readonly string[];
  /** By learner, what was tried; absent where settings were not searched. */
  readonly tuned: ReadonlyMap<string, Tuned> | undefined;
}
