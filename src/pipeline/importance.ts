import type { Effects } from '../effects.ts';
import { averagePrecision } from '../evaluation/ranking-metrics.ts';
import { type PermutationImportance, permutationImportance } from '../explanation/permutation.ts';
import { tallyMetric } from '../explanation/tally-metric.ts';
import { runTasks } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { SampleAttribution } from './attribute-sample.ts';
import { predictByFold, type TestSample } from './test-sample.ts';

const repeats = 5;

/** Of a run. */
const mostFeatures = 40;

/** Fewer rows are done before a thread has started. */
const rowsForThreads = 1000;

/**
 * How much the test's average precision falls when a feature is permuted, for the features, 40 at most, that move the chosen model's
 * predictions of the sample the most by their mean absolute attribution; most important first. Each row is predicted by the
 * model that never saw its user. Features are dealt out to threads: each has a seed of its own, so that it does not matter to which.
 * @throws InterruptedError when the signal is aborted.
 */
export async function featureImportance(
  sample: TestSample,
  attributions: SampleAttribution,
  { threads, signal }: Pick<Effects, 'threads' | 'signal'>,
  maxFeatures = mostFeatures,
): Promise<PermutationImportance[]> {
  const features = strongestFeatures(attributions, maxFeatures);
  const parts = sample.matrix.rows < rowsForThreads ? 1 : threads;
  const tasks = Array.from({ length: parts }, (_, part) => features.filter((_, k) => k % parts === part));
  const worker = workerUrl(import.meta.url, './importance-worker.ts');
  const found =
    parts === 1
      ? tasks.map((names) => importanceOf(sample, names))
      : await runTasks<readonly string[], PermutationImportance[]>(worker, sample, tasks, {
          threads,
          signal,
        });
  return found.flat().sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

/** Of some features, in their order. */
export function importanceOf(
  { matrix, labels, users, parts }: TestSample,
  features: readonly string[],
): PermutationImportance[] {
  const metric = tallyMetric(labels, users.userOf, averagePrecision);
  return permutationImportance(predictByFold(parts), features, matrix, metric, { ...users, repeats });
}

function strongestFeatures({ names, columns }: SampleAttribution, count: number): string[] {
  const strengths = columns.map((column) =>
    column.reduce((sum, contribution) => sum + Math.abs(contribution), 0),
  );
  return names
    .map((name, j) => ({ name, strength: strengths[j] }))
    .sort((a, b) => b.strength - a.strength || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
