import { averagePrecision } from '../evaluation/ranking-metrics.ts';
import { type PermutationImportance, permutationImportance } from '../explanation/permutation.ts';
import { tallyMetric } from '../explanation/tally-metric.ts';
import type { SampleAttribution } from './attribute-sample.ts';
import type { TestSample } from './test-sample.ts';

const repeats = 5;
const maxFeatures = 40;

/**
 * How much the test's average precision falls when a feature is permuted, for the 40 features that move the chosen model's
 * predictions of the sample the most by their mean absolute attribution; most important first. Each row is predicted by the
 * model that never saw its user.
 */
export function featureImportance(
  { matrix, labels, users, predict }: TestSample,
  attributions: SampleAttribution,
): PermutationImportance[] {
  const metric = tallyMetric(labels, users.userOf, averagePrecision);
  return permutationImportance(predict, strongestFeatures(attributions), matrix, metric, {
    ...users,
    repeats,
  }).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

function strongestFeatures({ names, columns }: SampleAttribution): string[] {
  const strengths = columns.map((column) =>
    column.reduce((sum, contribution) => sum + Math.abs(contribution), 0),
  );
  return names
    .map((name, j) => ({ name, strength: strengths[j] }))
    .sort((a, b) => b.strength - a.strength || (a.name < b.name ? -1 : 1))
    .slice(0, maxFeatures)
    .map(({ name }) => name);
}
