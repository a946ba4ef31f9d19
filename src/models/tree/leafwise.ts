import { type Gradients, hessianOf } from './gradients.ts';
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

/** What a tree is grown on; place i of the gradients is of the layout's row i. */
export interface GrowingData {
  readonly layout: RowLayout;
  readonly gradients: Gradients;
}

/** A leaf that can be split, with its histogram. */
interface OpenLeaf {
  readonly node: GrowingNode;
  readonly histogram: Float64Array;
  readonly search: SplitSearch;
  readonly gain: number;
}

/**
 * Grows trees best leaf first (Shi 2007; as in LightGBM): of all leaves, the one is split next whose split
 * gains most. The histogram of the smaller child is summed, that of the larger one is its parent's less that.
 */
export class LeafwiseGrower {
  /** The rows of the last tree, as its layout counts them, leaf after leaf. */
  readonly order: Int32Array;
  readonly #limits: LeafwiseLimits;
  readonly #rule: SplitRule;
  readonly #scratch: Int32Array;
  readonly #histogramLength: number;
  readonly #spare: Float64Array[] = [];
  #open: OpenLeaf[] = [];

  /**
   * @param rows at most so many rows a tree.
   * @param bins at most so many global bin ids.
   */
  constructor(rows: number, bins: number, limits: LeafwiseLimits, rule: SplitRule) {
    this.#limits = limits;
    this.#rule = rule;
    this.#histogramLength = 2 * bins;
    this.order = new Int32Array(rows);
    this.#scratch = new Int32Array(rows);
  }

  /** Grows one tree. @returns the nodes, root first. */
  grow(data: GrowingData): GrowingNode[] {
    const rows = data.layout.rows.length;
    for (let i = 0; i < rows; i++) this.order[i] = i;
    const root = createRoot(data.gradients, this.order, rows);
    const nodes = [root];
    if (this.#mayBeSplit(root)) this.#openLeaf(data, root, this.#sum(data, root));
    for (let leaves = 1; leaves < this.#limits.maxLeaves; leaves++) {
      const best = takeBest(this.#open);
      if (!best) break;
      this.#split(data, nodes, best, leaves + 1 === this.#limits.maxLeaves);
    }
    for (const leaf of this.#open) this.#spare.push(leaf.histogram);
    this.#open = [];
    return nodes;
  }

  /** @param last whether the children will stay leaves. */
  #split(data: GrowingData, nodes: GrowingNode[], leaf: OpenLeaf, last: boolean): void {
    const { node, search, histogram } = leaf;
    const { start, end } = node;
    const bins = data.layout.bins[search.feature];
    const middle = partition(this.order, start, end, bins, search.bin, search.missingLeft, this.#scratch);
    splitNode(nodes, node, search, middle);
    const [left, right] = nodes.slice(-2);
    const small = middle - start <= end - middle ? left : right;
    const large = small === left ? right : left;
    if (last || !this.#mayBeSplit(large)) {
      this.#spare.push(histogram);
      return;
    }
    const ofSmall = this.#sum(data, small);
    subtractHistogram(histogram, ofSmall, data.layout);
    this.#openLeaf(data, large, histogram);
    if (this.#mayBeSplit(small)) this.#openLeaf(data, small, ofSmall);
    else this.#spare.push(ofSmall);
  }

  #mayBeSplit(node: GrowingNode): boolean {
    return node.depth < this.#limits.maxDepth && node.end - node.start >= 2 * this.#rule.minSamplesLeaf;
  }

  #sum({ layout, gradients }: GrowingData, node: GrowingNode): Float64Array {
    const histogram = this.#spare.pop() ?? new Float64Array(this.#histogramLength);
    fillHistogram(histogram, layout, gradients, this.order, node.start, node.end);
    return histogram;
  }

  /** Finds the node's best split; a node without one gives its histogram back. */
  #openLeaf({ layout }: GrowingData, node: GrowingNode, histogram: Float64Array): void {
    const { features, base, binCounts } = layout;
    const unsplit = node.g ** 2 / (hessianOf(node.v, this.#rule.countUnit) + this.#rule.l2);
    const search = new SplitSearch(unsplit * (1 + SCORE_PRECISION), 1);
    for (let k = 0; k < features.length; k++) {
      const f = features[k];
      scanFeature(search, this.#rule, node, histogram, base[f], 1, binCounts[f] - 1, f);
    }
    const gain = search.numerator / search.denominator - unsplit;
    if (search.feature < 0) this.#spare.push(histogram);
    else this.#open.push({ node, histogram, search, gain });
  }
}

/** A gain within the rounding of the scores it is the difference of is none. */
const SCORE_PRECISION = 1e-12;

/** Takes out the leaf with the largest gain; of equals, the one opened first. */
function takeBest(open: OpenLeaf[]): OpenLeaf | undefined {
  let best = 0;
  for (let k = 1; k < open.length; k++) if (open[k].gain > open[best].gain) best = k;
  return open.splice(best, 1)[0];
}
