import { createRandom, hash32 } from '../../random.ts';
import { classWeights } from '../class-weight.ts';
import type { Examples } from '../matrix.ts';
import { type BinnedColumns, binColumns } from '../tree/bins.ts';
import type { GradientBoostingModel } from '../tree/ensemble.ts';
import { countOf, createGradients, type Gradients } from '../tree/gradients.ts';
import { type GrowingNode, toTree } from '../tree/growing.ts';
import { treeInputs } from '../tree/inputs.ts';
import { LeafwiseGrower } from '../tree/leafwise.ts';
import { partition } from '../tree/partition.ts';
import type { SplitRule } from '../tree/split.ts';
import type { Tree } from '../tree/tree.ts';
import { baseLogOdds, differentiate } from './log-loss.ts';
import { createSampler } from './sampling.ts';
import type { GradientBoostingSettings } from './settings.ts';

/** Fits tree after tree to the derivatives of the loss at the sum of those before. */
export function boost(
  { matrix, labels }: Examples,
  settings: GradientBoostingSettings,
  seed: number,
): GradientBoostingModel {
  const weighted = { labels, weights: classWeights(labels, settings.classWeight) };
  const base = baseLogOdds(weighted);
  const logOdds = new Float64Array(matrix.rows).fill(base);
  const binned = binColumns(matrix.columns);
  const sample = createSampler(binned, settings);
  const heaviest = Math.max(...weighted.weights);
  const gradients = createGradients(matrix.rows, heaviest, heaviest / 4);
  const hessians = new Float64Array(matrix.rows);
  const grower = new LeafwiseGrower(matrix.rows, countBins(binned), settings, splitRule(settings, gradients));
  const trees: Tree[] = [];
  for (let t = 0; t < settings.trees; t++) {
    const layout = sample(createRandom(hash32(`tree ${t}`, seed)));
    differentiate(weighted, logOdds, layout.rows, gradients, hessians);
    const nodes = grower.grow({ layout, gradients });
    if (nodes.length === 1) continue;
    const values = leafValues(nodes, grower.order, gradients, hessians, settings);
    addToRows(logOdds, nodes, values, grower.order, layout.rows);
    addToOthers(logOdds, nodes, values, layout.rows, binned.bins);
    trees.push(toTree(nodes, binned.edges, values, (node) => countOf(node.v, gradients.countUnit)));
  }
  return { kind: 'gradient-boosting', ...treeInputs(matrix), base, trees };
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

/** Adds each leaf's value to the rows that the tree was grown on; `order` holds places in `rows`. */
function addToRows(
  logOdds: Float64Array,
  nodes: readonly GrowingNode[],
  values: Float64Array,
  order: Int32Array,
  rows: Int32Array,
): void {
  nodes.forEach((node, k) => {
    if (node.split) return;
    const value = values[k];
    for (let i = node.start; i < node.end; i++) logOdds[rows[order[i]]] += value;
  });
}

/** Adds the tree to the rows that it was not grown on, parting them as the tree's own rows were. */
function addToOthers(
  logOdds: Float64Array,
  nodes: readonly GrowingNode[],
  values: Float64Array,
  grownOn: Int32Array,
  bins: readonly Uint8Array[],
): void {
  const others = complement(grownOn, logOdds.length);
  const scratch = new Int32Array(others.length);
  const addBelow = (at: number, start: number, end: number): void => {
    const { split } = nodes[at];
    if (split) {
      const middle = partition(
        others,
        start,
        end,
        bins[split.feature],
        split.bin,
        split.missingLeft,
        scratch,
      );
      addBelow(split.left, start, middle);
      addBelow(split.right, middle, end);
    } else {
      for (let i = start; i < end; i++) logOdds[others[i]] += values[at];
    }
  };
  addBelow(0, 0, others.length);
}

/** The numbers below n that are not among `rows`, which ascend. */
function complement(rows: Int32Array, n: number): Int32Array {
  const others = new Int32Array(n - rows.length);
  for (let i = 0, taken = 0; i < n; i++) {
    if (rows[taken] === i) taken++;
    else others[i - taken] = i;
  }
  return others;
}

/** Global bin ids of a layout of all features: bin 0 and one more than edges for each, and the padding's. */
function countBins({ edges }: BinnedColumns): number {
  return edges.reduce((count, { length }) => count + length + 2, 1);
}
