import type { Random } from '../../random.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import { type Gradients, hessianOf } from '../tree/gradients.ts';
import { createRoot, type GrowingNode, splitNode } from '../tree/growing.ts';
import { partition } from '../tree/partition.ts';
import { type SplitRule, SplitSearch, scanFeature } from '../tree/split.ts';

export interface DepthFirstLimits {
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly featuresPerSplit: number;
}

/**
 * Grows trees node by node, each until it is pure or as small as allowed, and each choosing among a few features drawn
 * for it. So few features are looked at that a histogram is summed for each alone.
 */
export class DepthFirstGrower {
  readonly #binned: BinnedColumns;
  readonly #counts: Gradients;
  readonly #limits: DepthFirstLimits;
  readonly #rule: SplitRule;
  readonly #order: Int32Array;
  readonly #scratch: Int32Array;
  readonly #features: Int32Array;
  /** g of bin b at 2b, v beside it; zero between uses. */
  readonly #histogram = new Float64Array(512);

  constructor(binned: BinnedColumns, counts: Gradients, limits: DepthFirstLimits) {
    this.#binned = binned;
    this.#counts = counts;
    this.#limits = limits;
    this.#rule = { minSamplesLeaf: limits.minSamplesLeaf, minHessian: 1, l2: 0, countUnit: counts.countUnit };
    this.#order = new Int32Array(binned.rows);
    this.#scratch = new Int32Array(binned.rows);
    this.#features = Int32Array.from(binned.bins.keys());
  }

  /** Grows one tree on the present counts of the given rows. @returns the nodes, root first. */
  grow(rows: Int32Array, random: Random): GrowingNode[] {
    this.#order.set(rows);
    this.#features.forEach((_, k) => {
      this.#features[k] = k;
    });
    const nodes = [createRoot(this.#counts, this.#order, rows.length)];
    const pending = [nodes[0]];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const found = this.#mayBeSplit(node) ? this.#findSplit(node, random) : undefined;
      if (!found) continue;
      this.#split(nodes, node, found);
      pending.push(...nodes.slice(-2));
    }
    return nodes;
  }

  #mayBeSplit(node: GrowingNode): boolean {
    const { maxDepth, minSamplesLeaf } = this.#limits;
    const pure = node.g === 0 || node.g === hessianOf(node.v, this.#counts.countUnit);
    return !pure && node.depth < maxDepth && node.end - node.start >= 2 * minSamplesLeaf;
  }

  /** The best split among features drawn until enough of them, and one that is not constant here, have been seen. */
  #findSplit(node: GrowingNode, random: Random): SplitSearch | undefined {
    const features = this.#features;
    const search = new SplitSearch(-1, 1);
    let varying = 0;
    for (let k = 0; k < features.length && (k < this.#limits.featuresPerSplit || varying === 0); k++) {
      moveForward(features, k, k + random.integer(features.length - k));
      if (this.#scan(search, node, features[k])) varying++;
    }
    return search.feature < 0 ? undefined : search;
  }

  #split(nodes: GrowingNode[], node: GrowingNode, found: SplitSearch): void {
    const bins = this.#binned.bins[found.feature];
    const { start, end } = node;
    const middle = partition(this.#order, start, end, bins, found.bin, found.missingLeft, this.#scratch);
    splitNode(nodes, node, found, middle);
  }

  /** @returns whether the feature varies in the node. */
  #scan(search: SplitSearch, node: GrowingNode, feature: number): boolean {
    const histogram = this.#histogram;
    const bins = this.#binned.bins[feature];
    const { g, v } = this.#counts;
    const order = this.#order;
    let low = 256;
    let high = 0;
    for (let i = node.start; i < node.end; i++) {
      const row = order[i];
      const bin = bins[row];
      histogram[2 * bin] += g[row];
      histogram[2 * bin + 1] += v[row];
      if (bin > high) high = bin;
      if (bin < low) low = bin;
    }
    if (low < high) scanFeature(search, this.#rule, node, histogram, 0, Math.max(low, 1), high, feature);
    histogram.fill(0, 2 * low, 2 * high + 2);
    return low < high;
  }
}

/** One step of a Fisher–Yates shuffle: a place already passed is never touched again. */
function moveForward(items: Int32Array, to: number, from: number): void {
  const moved = items[from];
  items[from] = items[to];
  items[to] = moved;
}
