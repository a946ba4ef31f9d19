import { createRandom, hash32, type Random } from '../../random.ts';
import { classWeights } from '../class-weight.ts';
import type { Examples } from '../matrix.ts';
import { type BinnedColumns, binColumns } from '../tree/bins.ts';
import type { GradientBoostingModel } from '../tree/ensemble.ts';
import { countOf, createGradients, type Gradients } from '../tree/gradients.ts';
import { type GrowingNode, leafOf, toTree } from '../tree/growing.ts';
import { LeafwiseGrower } from '../tree/leafwise.ts';
import { layOutRows } from '../tree/row-layout.ts';
import type { SplitRule } from '../tree/split.ts';
import type { Tree } from '../tree/tree.ts';
import { baseLogOdds, differentiate } from './log-loss.ts';
import type { GradientBoostingSettings } from './settings.ts';

/** Fits tree after tree to the derivatives of the loss at the sum of those before. */
export function boost(
  { matrix, labels }: Examples,
  settings: GradientBoostingSettings,
  seed: number,
): GradientBoostingModel {
  const weighted = { labels, weights: classWeights(labels, settings.classWeight) };
  const heaviest = Math.max(...weighted.weights);
  const binned = binColumns(matrix.columns);
  const layout = layOutRows(binned);
  const gradients = createGradients(matrix.rows, heaviest, heaviest / 4);
  const hessians = new Float64Array(matrix.rows);
  const base = baseLogOdds(weighted);
  const logOdds = new Float64Array(matrix.rows).fill(base);
  const grower = new LeafwiseGrower(binned, layout, gradients, settings, splitRule(settings, gradients));
  const trees: Tree[] = [];
  for (let t = 0; t < settings.trees; t++) {
    const random = createRandom(hash32(`tree ${t}`, seed));
    differentiate(weighted, logOdds, gradients, hessians);
    const rows = drawShare(random, matrix.rows, settings.subsample);
    const columns = drawShare(random, layout.features.length, settings.columnSample);
    const nodes = grower.grow(
      rows,
      columns.map((k) => layout.features[k]),
    );
    if (nodes.length === 1) continue;
    const values = leafValues(nodes, grower.order, gradients, hessians, settings);
    addToRows(logOdds, nodes, values, grower.order);
    addToOthers(logOdds, nodes, values, rows, binned);
    trees.push(toTree(nodes, binned.edges, values, (node) => countOf(node.v, gradients.countUnit)));
  }
  return { kind: 'gradient-boosting', features: matrix.names, base, trees };
}

/** At least one unit of the hessian scale: a side without second derivatives has no leaf value. */
function splitRule(settings: GradientBoostingSettings, gradients: Gradients): SplitRule {
  const { hessianScale, countUnit } = gradients;
  return {
    minSamplesLeaf: settings.minSamplesLeaf,
    minHessian: Math.max(1, settings.minChildWeight * hessianScale),
    l2: settings.l2 * hessianScale,
    countUnit,
  };
}

/** The given share of 0 … n − 1, at least one, ascending: Knuth's selection sampling. */
function drawShare(random: Random, n: number, share: number): Int32Array {
  const drawn = new Int32Array(n === 0 ? 0 : Math.max(1, Math.round(share * n)));
  for (let i = 0, k = 0; k < drawn.length; i++) {
    if (drawn.length === n || random.float() * (n - i) < drawn.length - k) drawn[k++] = i;
  }
  return drawn;
}

/** By node: for a leaf the Newton step −rate · G / (H + λ), from second derivatives that are not rounded. */
function leafValues(
  nodes: readonly GrowingNode[],
  order: Int32Array,
  { gradientScale }: Gradients,
  hessians: Float64Array,
  { learningRate, l2 }: GradientBoostingSettings,
): Float64Array {
  const values = new Float64Array(nodes.length);
  nodes.forEach((node, k) => {
    if (node.split) return;
    let h = 0;
    for (let i = node.start; i < node.end; i++) h += hessians[order[i]];
    values[k] = 0 - (learningRate * (node.g / gradientScale)) / (h + l2);
  });
  return values;
}

/** Adds each leaf's value to the rows that the tree was grown on. */
function addToRows(
  logOdds: Float64Array,
  nodes: readonly GrowingNode[],
  values: Float64Array,
  order: Int32Array,
): void {
  nodes.forEach((node, k) => {
    if (node.split) return;
    const value = values[k];
    for (let i = node.start; i < node.end; i++) logOdds[order[i]] += value;
  });
}

/** Adds the tree to the rows that it was not grown on. */
function addToOthers(
  logOdds: Float64Array,
  nodes: readonly GrowingNode[],
  values: Float64Array,
  grownOn: Int32Array,
  { bins }: BinnedColumns,
): void {
  for (let i = 0, k = 0; i < logOdds.length; i++) {
    if (grownOn[k] === i) k++;
    else logOdds[i] += values[leafOf(nodes, bins, i)];
  }
}
