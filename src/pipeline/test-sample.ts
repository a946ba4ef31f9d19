import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import { denseRank } from '../evaluation/dense-rank.ts';
import type { Predict } from '../explanation/predict-at.ts';
import type { UserSample } from '../explanation/users.ts';
import { type Examples, type Matrix, selectRows, sliceRows } from '../models/matrix.ts';
import { type Model, predict } from '../models/model.ts';
import { createRandom } from '../random.ts';
import type { Decided } from './decide-learner.ts';
import { pickLabels } from './pick-rows.ts';

/** Test rows by which the chosen learner is explained, those of a fold together. */
export interface TestSample {
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
  readonly users: UserSample;
  readonly parts: readonly FoldPart[];
}

/** A fold's model, and the places of the rows that it is for, which follow each other. */
interface FoldPart {
  readonly model: Model;
  readonly places: Int32Array;
}

/** Whose models are explained: one a fit of the plan. */
interface Judging {
  readonly plan: Pick<CrossFitPlan, 'fits' | 'testRows'>;
  readonly chosen: Pick<Decided, 'foldModels'>;
  /** By row of the examples. */
  readonly groups: Int32Array;
}

/** All test rows, or a seeded sample of so many. */
export function sampleTestRows(
  { plan, chosen, groups }: Judging,
  { matrix, labels }: Pick<Examples, 'matrix' | 'labels'>,
  maxRows: number,
  { replicates, seed }: Pick<UserSample, 'replicates' | 'seed'>,
): TestSample {
  const isSampled = drawRows(plan.testRows, labels.length, maxRows, seed);
  const rows: number[] = [];
  const parts = plan.fits
    .map(({ predictRows }, k) => {
      const own = predictRows.filter((row) => isSampled[row] === 1);
      const places = own.map((_, i) => rows.length + i);
      rows.push(...own);
      return { model: chosen.foldModels[k], places };
    })
    .filter(({ places }) => places.length > 0);
  const testRows = Int32Array.from(rows);
  const { distinct, ranks } = denseRank(testRows.map((row) => groups[row]));
  return {
    matrix: selectRows(matrix, testRows),
    labels: pickLabels(labels, testRows),
    users: { userOf: ranks, count: distinct.length, replicates, seed },
    parts,
  };
}

/** 1 for each row that is in the sample. */
function drawRows(testRows: Int32Array, rows: number, maxRows: number, seed: number): Uint8Array {
  const order = testRows.slice();
  if (testRows.length > maxRows) createRandom(seed).shuffle(order);
  const isSampled = new Uint8Array(rows);
  for (const row of order.subarray(0, maxRows)) isSampled[row] = 1;
  return isSampled;
}

/** Each row's probability by the model that never saw the user of the row that it was made of. */
export function predictByFold(parts: readonly FoldPart[]): Predict {
  return (matrix, origins) => {
    const predictions = new Float64Array(matrix.rows);
    for (const { model, places } of parts) {
      const start = firstAtLeast(origins, places[0]);
      const end = firstAtLeast(origins, places[places.length - 1] + 1);
      if (start < end) predictions.set(predict(model, sliceRows(matrix, start, end)), start);
    }
    return predictions;
  };
}

/** The place of the first of some rising numbers that is as large; their count where none is. */
function firstAtLeast(rising: Int32Array, least: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
