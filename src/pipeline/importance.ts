import type { Interval } from '../evaluation/intervals.ts';
import { averagePrecision } from '../evaluation/ranking-metrics.ts';
import { tallyScores } from '../evaluation/score-tally.ts';
import { attribute } from '../explanation/attribute.ts';
import type { ExampleRows } from '../features/examples.ts';
import { type Matrix, selectRows } from '../models/matrix.ts';
import { type Model, predict } from '../models/model.ts';
import { createRandom, hash32 } from '../random.ts';
import { pickLabels } from './judge-learner.ts';
import type { Learned } from './learn.ts';

/** How much the test's average precision falls when the feature's values are dealt out anew among the test rows. */
export interface ImportantFeature {
  readonly name: string;
  /** Mean over the repeats, with ± 1.96 standard errors: of the dealing out, not of the users. */
  readonly drop: Interval;
}

const repeats = 5;
const maxFeatures = 40;
const maxRows = 2000;

/**
 * Permutation importance (Breiman 2001) of the 40 features that move the chosen model's test predictions the most by their mean
 * absolute attribution, most important first. Each test row is predicted by the model that never saw its user; beyond
 * 2,000 test rows, a seeded sample of them is used.
 */
export function featureImportance(learned: Learned, rows: ExampleRows, seed: number): ImportantFeature[] {
  const parts = testParts(learned, rows, seed);
  const labels = parts.flatMap(({ labels: part }) => [...part]);
  const score = (predictions: readonly Float64Array[]) =>
    averagePrecision(tallyScores(Uint8Array.from(labels), concatenate(predictions)));
  const whole = score(parts.map(({ model, matrix }) => predict(model, matrix)));
  return strongestFeatures(parts)
    .map((name) => {
      const random = createRandom(hash32(name, seed));
      const drops = Array.from(
        { length: repeats },
        () => whole - score(parts.map(({ model, matrix }) => predict(model, shuffled(matrix, name, random)))),
      );
      return { name, drop: meanInterval(drops) };
    })
    .sort((a, b) => b.drop.value - a.drop.value || (a.name < b.name ? -1 : 1));
}

function strongestFeatures(parts: readonly TestPart[]): string[] {
  const strengths = new Map<string, number>();
  for (const { model, matrix } of parts) {
    const { names, columns } = attribute(model, matrix);
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

interface TestPart {
  readonly model: Model;
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
}

function testParts({ plan, chosen }: Learned, rows: ExampleRows, seed: number): TestPart[] {
  const sample = sampleRows(plan.testRows, seed);
  return plan.fits.flatMap(({ predictRows }, k) => {
    const own = predictRows.filter((row) => sample.has(row));
    const part = {
      model: chosen.foldModels[k],
      matrix: selectRows(rows.matrix, own),
      labels: pickLabels(rows.labels, own),
    };
    return own.length === 0 ? [] : [part];
  });
}

function sampleRows(testRows: Int32Array, seed: number): Set<number> {
  if (testRows.length <= maxRows) return new Set(testRows);
  const order = testRows.slice();
  createRandom(seed).shuffle(order);
  return new Set(order.subarray(0, maxRows));
}

function shuffled(matrix: Matrix, name: string, random: ReturnType<typeof createRandom>): Matrix {
  const columns = matrix.columns.map((column, j) => {
    if (matrix.names[j] !== name) return column;
    const copy = column.slice();
    random.shuffle(copy);
    return copy;
  });
  return { ...matrix, columns };
}

function meanInterval(values: readonly number[]): Interval {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const margin = 1.96 * Math.sqrt(variance / values.length);
  return { value: mean, low: mean - margin, high: mean + margin };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
