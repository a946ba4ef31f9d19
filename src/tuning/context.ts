import { createHash } from 'node:crypto';
import type { TuningData } from './fold-fit.ts';

/**
 * A hash of all that a trial's loss depends on beside its learner and settings: examples, folds, and what else the caller
 * names, such as the seed and the version of the program.
 */
export function contextOf(
  { examples, folds }: TuningData,
  others: Readonly<Record<string, unknown>>,
): string {
  const { matrix, labels, groups, weights } = examples;
  const { columns, history, ...shape } = matrix;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([others, shape, folds.map(({ trainRows }) => trainRows.length)]));
  for (const array of [...columns, labels, groups, ...(weights ? [weights] : [])]) hash.update(array);
  if (history !== undefined) {
    const { channels, ...arrays } = history;
    hash.update(JSON.stringify(channels));
    for (const array of Object.values(arrays)) hash.update(array);
  }
  for (const { trainRows, validationRows } of folds) hash.update(trainRows).update(validationRows);
  return hash.digest('hex').slice(0, 32);
}
