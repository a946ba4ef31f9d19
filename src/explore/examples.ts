import type { ExampleRows } from '../features/examples.ts';
import { selectRows } from '../models/matrix.ts';
import { clusterOrder } from './average-linkage.ts';
import { describeFeature, type FeatureDistribution } from './feature-distribution.ts';
import { rankCorrelations } from './rank-correlation.ts';

/** The examples of one cutoff in numbers: a row a user, so that users count alike. */
export interface ExampleStatistics {
  /** Days since 1970. */
  readonly cutoff: number;
  readonly users: number;
  readonly lost: number;
  /** Every feature, the one that tells the outcomes apart best first. */
  readonly features: readonly FeatureDistribution[];
  /** Of the first of them, ordered so that what moves together stands together. */
  readonly correlations: Correlations;
}

interface Correlations {
  readonly names: readonly string[];
  /** Spearman's, of row `names[i]` and column `names[j]`. */
  readonly matrix: readonly Float64Array[];
}

const mostCorrelated = 40;

/** Statistics of the labelled examples at the cutoff with the most losses, of several the latest. */
export function describeExamples({ cutoffs, labels, matrix }: Omit<ExampleRows, 'users'>): ExampleStatistics {
  const cutoff = richestCutoff(cutoffs, labels);
  const rows = Int32Array.from(labels.keys()).filter((row) => cutoffs[row] === cutoff);
  const { names, columns } = selectRows(matrix, rows);
  const lost = Uint8Array.from(rows, (row) => labels[row]);
  const described = names
    .map((name, j) => describeFeature(name, columns[j], lost))
    .sort((a, b) => strength(b) - strength(a) || (a.name < b.name ? -1 : 1));
  const strongest = described.filter(varies).slice(0, mostCorrelated);
  return {
    cutoff,
    users: rows.length,
    lost: lost.reduce((sum, one) => sum + one, 0),
    features: described,
    correlations: correlate(strongest.map(({ name }) => [name, columns[names.indexOf(name)]] as const)),
  };
}

function richestCutoff(cutoffs: Int32Array, labels: Uint8Array): number {
  const losses = new Map<number, number>();
  cutoffs.forEach((cutoff, row) => {
    losses.set(cutoff, (losses.get(cutoff) ?? 0) + labels[row]);
  });
  return [...losses].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best,
  )[0];
}

/** Distance of the area from ½; −1 where it is not known. */
function strength({ auc }: FeatureDistribution): number {
  return Number.isNaN(auc.value) ? -1 : Math.abs(auc.value - 0.5);
}

function varies({ lost, stayed }: FeatureDistribution): boolean {
  const ends = [lost, stayed].flatMap(({ quantiles }) => [quantiles[0], quantiles[quantiles.length - 1]]);
  const known = ends.filter((value) => !Number.isNaN(value));
  return Math.max(...known) > Math.min(...known);
}

function correlate(features: readonly (readonly [name: string, column: Float64Array])[]): Correlations {
  const matrix = rankCorrelations(features.map(([, column]) => column));
  const order = clusterOrder(
    matrix.map((row) => row.map((value) => (Number.isNaN(value) ? 1 : 1 - Math.abs(value)))),
  );
  return {
    names: order.map((i) => features[i][0]),
    matrix: order.map((i) => Float64Array.from(order, (j) => matrix[i][j])),
  };
}
