import { averagePrecision } from '../evaluation/ranking-metrics.ts';
import { attribute } from '../explanation/attribute.ts';
import { type PermutationImportance, permutationImportance } from '../explanation/permutation.ts';
import { tallyMetric } from '../explanation/tally-metric.ts';
import type { ExampleRows } from '../features/examples.ts';
import { selectRows } from '../models/matrix.ts';
import type { Learned } from './learn.ts';
import { sampleTestRows, type TestSample } from './test-sample.ts';

const repeats = 5;
const replicates = 200;
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
  const sample = sampleTestRows(learned, rows, maxRows, { replicates, seed });
  const { matrix, labels, users } = sample;
  const metric = tallyMetric(labels, users.userOf, averagePrecision);
  return permutationImportance(sample.predict, strongestFeatures(sample), matrix, metric, {
    ...users,
    repeats,
  }).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

function strongestFeatures({ parts, matrix }: TestSample): string[] {
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
