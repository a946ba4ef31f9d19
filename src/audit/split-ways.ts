import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import type { ExampleRows } from '../features/examples.ts';
import { createRandom, hash32 } from '../random.ts';

/** Ways to judge a learner, each with fewer leaks than the one before but the first two of their own kind. */
export type PricedWay = 'retrospective' | 'random rows' | 'by user' | 'by time' | 'by user and time';

/** Who is judged by what: each fit learns from some rows and is judged on others. */
export interface Plan {
  readonly way: PricedWay;
  readonly fits: readonly { readonly trainRows: Int32Array; readonly predictRows: Int32Array }[];
}

/**
 * Four ways to judge on the same rows, the test rows of the forecast's plan, so that the ways alone make the difference.
 * @param foldOfRow the fold of each row's user.
 */
export function splitWays(
  rows: ExampleRows,
  { fits, testRows }: CrossFitPlan,
  foldOfRow: Int32Array,
  seed: number,
): Plan[] {
  const isTest = new Uint8Array(rows.labels.length);
  for (const row of testRows) isTest[row] = 1;
  const firstTest = testRows.reduce((day, row) => Math.min(day, rows.cutoffs[row]), Number.POSITIVE_INFINITY);
  const every = Int32Array.from(rows.cutoffs.keys());
  const byFold = (foldOf: Int32Array) =>
    [...new Set(foldOf)]
      .sort((a, b) => a - b)
      .map((fold) => ({
        trainRows: every.filter((row) => foldOf[row] !== fold),
        predictRows: every.filter((row) => foldOf[row] === fold && isTest[row] === 1),
      }))
      .filter(({ predictRows }) => predictRows.length > 0);
  return [
    { way: 'random rows', fits: byFold(randomFolds(foldOfRow, seed)) },
    { way: 'by user', fits: byFold(foldOfRow) },
    {
      way: 'by time',
      fits: [{ trainRows: every.filter((row) => rows.cutoffs[row] < firstTest), predictRows: testRows }],
    },
    {
      way: 'by user and time',
      fits: fits
        .map(({ trainRows, predictRows }) => ({
          trainRows,
          predictRows: predictRows.filter((row) => isTest[row] === 1),
        }))
        .filter(({ predictRows }) => predictRows.length > 0),
    },
  ];
}

/** As many rows in each fold as before, but any. */
function randomFolds(foldOfRow: Int32Array, seed: number): Int32Array {
  return createRandom(hash32('random rows', seed)).shuffle(foldOfRow.slice());
}
