import { createRandom, hash32 } from '../../random.ts';
import type { Examples } from '../matrix.ts';
import { type BinnedColumns, binColumns } from '../tree/bins.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { createCounts, type Gradients, hessianOf } from '../tree/gradients.ts';
import { toTree } from '../tree/growing.ts';
import { drawBootstrap, rowsByOutcome } from './bootstrap.ts';
import { DepthFirstGrower } from './grower.ts';
import type { RandomForestSettings } from './settings.ts';

/** Grows every tree on a bootstrap sample of its own, from a seed of its own. */
export function growForest(
  { matrix, labels }: Examples,
  settings: RandomForestSettings,
  seed: number,
): RandomForestModel {
  const binned = binColumns(matrix.columns);
  const counts = createCounts(matrix.rows, matrix.rows);
  const outcomes = rowsByOutcome(labels);
  const grower = new DepthFirstGrower(binned, counts, {
    ...settings,
    featuresPerSplit: featuresPerSplit(settings, binned),
  });
  const trees = Array.from({ length: settings.trees }, (_, t) => {
    const random = createRandom(hash32(`tree ${t}`, seed));
    const rows = countDraws(counts, drawBootstrap(random, outcomes, settings.classWeight), labels);
    const nodes = grower.grow(rows, random);
    const weight = nodes.map((node) => hessianOf(node.v, counts.countUnit));
    const shares = nodes.map((node, k) => node.g / weight[k]);
    return toTree(nodes, binned.edges, shares, (node) => hessianOf(node.v, counts.countUnit));
  });
  return { kind: 'random-forest', features: matrix.names, trees };
}

function featuresPerSplit(settings: RandomForestSettings, { bins }: BinnedColumns): number {
  if (settings.featuresPerSplit !== 'sqrt') return settings.featuresPerSplit;
  return Math.max(1, Math.floor(Math.sqrt(bins.length)));
}

/** Sets the gradient of a row to its draws with label 1, and its weight to its draws. @returns the drawn rows. */
function countDraws({ g, v, countUnit }: Gradients, draws: Int32Array, labels: Uint8Array): Int32Array {
  let drawn = 0;
  const rows = new Int32Array(draws.length);
  for (let i = 0; i < draws.length; i++) {
    g[i] = draws[i] * labels[i];
    v[i] = countUnit + draws[i];
    rows[drawn] = i;
    drawn += draws[i] > 0 ? 1 : 0;
  }
  return rows.subarray(0, drawn);
}
