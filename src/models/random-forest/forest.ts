import { createRandom, hash32 } from '../../random.ts';
import type { Examples } from '../matrix.ts';
import { binColumns } from '../tree/bins.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { hessianOf } from '../tree/gradients.ts';
import { type GrowingNode, toTree } from '../tree/growing.ts';
import { treeInputs } from '../tree/inputs.ts';
import { drawBootstrap, rowsByOutcome } from './bootstrap.ts';
import { DRAW } from './feature-histograms.ts';
import { DepthFirstGrower } from './grower.ts';
import type { RandomForestSettings } from './settings.ts';

/** Grows every tree on a bootstrap sample of its own, from a seed of its own. */
export function growForest(
  { matrix, labels }: Examples,
  settings: RandomForestSettings,
  seed: number,
): RandomForestModel {
  const binned = binColumns(matrix.columns);
  const outcomes = rowsByOutcome(labels);
  const countUnit = 2 ** Math.ceil(Math.log2(matrix.rows + 1));
  const featuresPerSplit = countFeatures(settings, matrix.columns.length);
  const grower = new DepthFirstGrower(binned, countUnit, { ...settings, featuresPerSplit });
  const draws = (node: GrowingNode) => hessianOf(node.v, countUnit);
  const trees = Array.from({ length: settings.trees }, (_, t) => {
    const random = createRandom(hash32(`tree ${t}`, seed));
    const drawn = drawBootstrap(random, outcomes, settings.classWeight);
    const nodes = grower.grow(pack(drawn, labels), random);
    const shares = nodes.map((node) => node.g / draws(node));
    return toTree(nodes, binned.edges, shares, draws);
  });
  return { kind: 'random-forest', ...treeInputs(matrix), trees };
}

function countFeatures({ featuresPerSplit }: RandomForestSettings, features: number): number {
  return featuresPerSplit === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(features))) : featuresPerSplit;
}

function pack(draws: Int32Array, labels: Uint8Array): Float64Array {
  const packed = new Float64Array(draws.length);
  for (let i = 0; i < draws.length; i++) packed[i] = draws[i] * (DRAW + labels[i]);
  return packed;
}
