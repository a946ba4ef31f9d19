import type { Effects } from '../../effects.ts';
import type { PermutationImportance } from '../../explanation/permutation.ts';
import type { Examples } from '../../models/matrix.ts';
import { attributeSample } from '../attribute-sample.ts';
import { featureImportance } from '../importance.ts';
import { sampleTestRows } from '../test-sample.ts';
import type { FittedLearner } from './judge-fitted.ts';
import type { LearnedTable } from './learn-table.ts';
import type { FitTableSettings } from './settings.ts';

const maxRows = 1000;

/** The card shows ten; which these are by permutation is not quite what attributions say. */
const maxFeatures = 15;

/**
 * What the columns are worth to a learner, most important first, on the rows that it is judged by: those of a test table by the model that
 * is delivered, others by the model that never saw their group.
 */
export async function tableImportance(
  { foldModels, model }: FittedLearner,
  { plan }: LearnedTable,
  training: Examples,
  test: Examples | undefined,
  { replicates, seed }: Pick<FitTableSettings, 'replicates' | 'seed'>,
  effects: Effects,
): Promise<PermutationImportance[]> {
  const judged = test ?? training;
  const everyRow = Int32Array.from(judged.labels.keys());
  const folds = test === undefined ? plan : undefined;
  const fits = folds?.fits ?? [{ fold: 0, trainRows: new Int32Array(0), predictRows: everyRow }];
  const sample = sampleTestRows(
    {
      plan: { fits, testRows: everyRow },
      chosen: { foldModels: folds === undefined ? [model] : foldModels },
      groups: judged.groups,
    },
    judged,
    maxRows,
    { replicates, seed },
  );
  return featureImportance(sample, attributeSample(sample), effects, maxFeatures);
}
