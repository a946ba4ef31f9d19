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
  const { columns, ...shape } = examples.matrix;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([others, shape, folds.map(({ trainRows }) => trainRows.length)]));
  for (const array of [...columns, examples.labels, examples.groups]) hash.update(array);
  for (const { trainRows, validationRows } of folds) hash.update(trainRows).update(validationRows);
  return hash.digest('hex').slice(0, 32);
}
