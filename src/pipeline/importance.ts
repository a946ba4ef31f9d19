import { averagePrecision } from '../evaluation/ranking-metrics.ts';
import { tallyScores } from '../evaluation/score-tally.ts';
import { attribute } from '../explanation/attribute.ts';
import { type PermutationImportance, permutationImportance } from '../explanation/permutation.ts';
import type { ExampleRows } from '../features/examples.ts';
import { type Matrix, selectRows } from '../models/matrix.ts';
import { type Model, predict } from '../models/model.ts';
import { createRandom } from '../random.ts';
import { pickLabels } from './judge-learner.ts';
import type { Learned } from './learn.ts';

const repeats = 5;
const maxFeatures = 40;
const maxRows = 2000;

/**
 * How much the test's average precision falls when a feature is permuted, for the 40 features that move the chosen model's
 * test predictions the most by their mean absolute attribution; most important first. Each test row is predicted by the
 * model that never saw its user; beyond 2,000 test rows, a seeded sample of them is used.
 */
export function featureImportance(
  learned: Learned,
  rows: ExampleRows,
  seed: number,
): PermutationImportance[] {
  const parts = foldParts(learned, rows, seed);
  const testRows = Int32Array.from(parts.flatMap((part) => [...part.rows]));
  const matrix = selectRows(rows.matrix, testRows);
  const labels = pickLabels(rows.labels, testRows);
  const metric = (outcomes: Uint8Array, scores: Float64Array) =>
    averagePrecision(tallyScores(outcomes, scores));
  return permutationImportance(
    (permuted) => predictByFold(parts, permuted),
    strongestFeatures(parts, matrix),
    matrix,
    labels,
    metric,
    { repeats, seed },
  ).sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1));
}

/** A fold's model, the test rows that it is for, and where they stand among all of them. */
interface FoldPart {
  readonly model: Model;
  readonly rows: Int32Array;
  readonly places: Int32Array;
}

function foldParts({ plan, chosen }: Learned, { labels }: ExampleRows, seed: number): FoldPart[] {
  const sample = sampleRows(plan.testRows, labels.length, seed);
  let place = 0;
  return plan.fits
    .map(({ predictRows }, k) => {
      const rows = predictRows.filter((row) => sample[row] === 1);
      return { model: chosen.foldModels[k], rows, places: rows.map(() => place++) };
    })
    .filter(({ rows }) => rows.length > 0);
}

/** 1 for each row that is in the sample. */
function sampleRows(testRows: Int32Array, rows: number, seed: number): Uint8Array {
  const order = testRows.slice();
  if (testRows.length > maxRows) createRandom(seed).shuffle(order);
  const sample = new Uint8Array(rows);
  for (const row of order.subarray(0, maxRows)) sample[row] = 1;
  return sample;
}

function predictByFold(parts: readonly FoldPart[], matrix: Matrix): Float64Array {
  const predictions = new Float64Array(matrix.rows);
  for (const { model, places } of parts) {
    predictions.set(predict(model, selectRows(matrix, places)), places[0]);
  }
  return predictions;
}

function strongestFeatures(parts: readonly FoldPart[], matrix: Matrix): string[] {
  const strengths = new Map<string, number>();
  for (const { model, places } of parts) {
    const { names, columns } = attribute(model, selectRows(matrix, places));
    names.forEach((name, j) => {
      const strength = columns[j].reduce((sum, contribution) => sum + Math.abs(contribution), 0);
      strengths.set(name, (strengths.get(name) ?? 0) + strength);
    });
  }
  return [...strengths]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, maxFeatures)
    .map(([name]) => name);
}
