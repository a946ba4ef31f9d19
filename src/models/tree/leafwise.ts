import type { BinnedColumns } from './bins.ts';
import { countOf, type Gradients } from './gradients.ts';
import { createRoot, type GrowingNode, splitNode } from './growing.ts';
import { fillHistogram, subtractHistogram } from './histogram.ts';
import { partition } from './partition.ts';
import type { RowLayout } from './row-layout.ts';
import { type SplitRule, SplitSearch, scanFeature } from './split.ts';

/** When growing stops. */
export interface LeafwiseLimits {
  readonly maxLeaves: number;
  readonly maxDepth: number;
}

/** A leaf that can be split, with its histogram. */
interface OpenLeaf {
  readonly node: GrowingNode;
  readonly histogram: Float64Array;
  readonly search: SplitSearch;
  readonly gain: number;
}

/**
 * Grows trees best leaf first (Shi 2007; as in LightGBM): of all leaves, the one is split next whose split gains most. The
 * histogram of the smaller child is summed, that of the larger one is its parent's less that.
 */
export class LeafwiseGrower {
  /** The rows of the last tree, leaf after leaf. */
  readonly order: Int32Array;
  readonly #binned: BinnedColumns;
  readonly #layout: RowLayout;
  readonly #gradients: Gradients;
  readonly #limits: LeafwiseLimits;
  readonly #rule: SplitRule;
  readonly #scratch: Int32Array;
  readonly #spare: Float64Array[] = [];

  constructor(
    binned: BinnedColumns,
    layout: RowLayout,
    gradients: Gradients,
    limits: LeafwiseLimits,
    rule: SplitRule,
  ) {
    this.#binned = binned;
    this.#layout = layout;
    this.#gradients = gradients;
    this.#limits = limits;
    this.#rule = rule;
    this.order = new Int32Array(binned.rows);
    this.#scratch = new Int32Array(binned.rows);
  }

  /**
   * Grows one tree on the present gradients.
   * @param rows ascending.
   * @param features those that may be split on, ascending.
   * @returns the nodes, root first.
   */
  grow(rows: Int32Array, features: Int32Array): GrowingNode[] {
    this.order.set(rows);
    const root = createRoot(this.#gradients, this.order, rows.length);
    const nodes = [root];
    const open: OpenLeaf[] = [];
    if (this.#mayBeSplit(root)) this.#open(open, root, this.#sum(root), features);
    for (let leaves = 1; leaves < this.#limits.maxLeaves; leaves++) {
      const best = takeBest(open);
      if (!best) break;
      this.#split(nodes, open, best, features, leaves + 2 > this.#limits.maxLeaves);
    }
    for (const leaf of open) this.#spare.push(leaf.histogram);
    return nodes;
  }

  #split(nodes: GrowingNode[], open: OpenLeaf[], leaf: OpenLeaf, features: Int32Array, last: boolean): void {
    const { node, search, histogram } = leaf;
    const bins = this.#binned.bins[search.feature];
    const { start, end } = node;
    const middle = partition(this.order, start, end, bins, search.bin, search.missingLeft, this.#scratch);
    splitNode(nodes, node, search, middle);
    const [left, right] = nodes.slice(-2);
    const small = middle - start <= end - middle ? left : right;
    const large = small === left ? right : left;
    if (last || !this.#mayBeSplit(large)) {
      this.#spare.push(histogram);
      return;
    }
    const ofSmall = this.#sum(small);
    subtractHistogram(histogram, ofSmall);
    this.#open(open, large, histogram, features);
    if (this.#mayBeSplit(small)) this.#open(open, small, ofSmall, features);
    else this.#spare.push(ofSmall);
  }

  #mayBeSplit(node: GrowingNode): boolean {
    return node.depth < this.#limits.maxDepth && node.end - node.start >= 2 * this.#rule.minSamplesLeaf;
  }

  #sum(node: GrowingNode): Float64Array {
    const histogram = this.#spare.pop() ?? new Float64Array(2 * this.#layout.size);
    fillHistogram(histogram, this.#layout, this.#gradients, this.order, node.start, node.end, node);
    return histogram;
  }

  /** Finds the node's best split; a node without one gives its histogram back. */
  #open(open: OpenLeaf[], node: GrowingNode, histogram: Float64Array, features: Int32Array): void {
    const unsplit = scoreUnsplit(node, this.#rule);
    const search = new SplitSearch(unsplit * (1 + SCORE_PRECISION), 1);
    const { base, bins } = this.#layout;
    for (let k = 0; k < features.length; k++) {
      const f = features[k];
      scanFeature(search, this.#rule, node, histogram, base[f], 1, bins[f] - 1, f);
    }
    if (search.feature < 0) this.#spare.push(histogram);
    else open.push({ node, histogram, search, gain: search.numerator / search.denominator - unsplit });
  }
}

/** A gain within the rounding of the scores it is the difference of is none. */
const SCORE_PRECISION = 1e-12;

function scoreUnsplit({ g, v }: GrowingNode, { countUnit, l2 }: SplitRule): number {
  return (g * g) / (v - countOf(v, countUnit) * countUnit + l2);
}

/** Takes out the leaf with the largest gain; of equals, the one opened first. */
function takeBest(open: OpenLeaf[]): OpenLeaf | undefined {
  let best = 0;
  for (let k = 1; k < open.length; k++) if (open[k].gain > open[best].gain) best = k;
  return open.splice(best, 1)[0];
}
