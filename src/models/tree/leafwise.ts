import { alone, type Team } from '../../threads/team.ts';
import { BestSplits } from './best-splits.ts';
import type { BinnedColumns } from './bins.ts';
import { type Gradients, hessianOf } from './gradients.ts';
import { createRoot, type GrowingNode, splitNode } from './growing.ts';
import { fillHistogram, loadGradients, subtractHistogram } from './histogram.ts';
import { partition } from './partition.ts';
import type { RowLayout } from './row-layout.ts';
import { type SplitRule, SplitSearch, scanFeature } from './split.ts';
import { scanCategory } from './split-category.ts';
import { type Bounds, boundedStep, type Direction, scanMonotone, scoreOf } from './split-monotone.ts';

/** When growing stops, and what holds for every tree. */
export interface LeafwiseSettings {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly rule: SplitRule;
  /** By feature; absent where no feature is constrained. */
  readonly directions?: readonly Direction[] | undefined;
}

/** What a tree is grown on. */
export interface GrowingData {
  readonly layout: RowLayout;
  /** By row. */
  readonly gradients: Gradients;
  /** What the tree may split on, ascending: the layouts of all members together. */
  readonly drawn: Int32Array;
}

/** A leaf that may be split, with its histogram. */
interface Candidate {
  readonly node: GrowingNode;
  readonly histogram: Float64Array;
}

interface OpenLeaf extends Candidate {
  readonly search: SplitSearch;
  readonly gain: number;
}

/**
 * Grows trees best leaf first (Shi 2007; as in LightGBM): of all leaves, the one is split next whose split
 * gains most. The histogram of the smaller child is summed, that of the larger one is its parent's less that.
 * The members of a team sum and scan a part of the features each, and do all else alike.
 */
export class LeafwiseGrower {
  /** The rows of the last tree, leaf after leaf. */
  readonly order: Int32Array;
  readonly #binned: BinnedColumns;
  readonly #settings: LeafwiseSettings;
  readonly #scratch: Int32Array;
  readonly #best: BestSplits;
  readonly #histogramLength: number;
  readonly #spare: Float64Array[] = [];
  #open: OpenLeaf[] = [];

  /** @param rows at most so many rows a tree. */
  constructor(rows: number, binned: BinnedColumns, settings: LeafwiseSettings, team: Team = alone) {
    const { features } = binned;
    this.#binned = binned;
    this.#settings = settings;
    this.#histogramLength = 2 * features.reduce((sum, { binCount }) => sum + binCount, 1);
    const withSets = features.some(({ kind }) => kind === 'category');
    this.#best = new BestSplits(features.length, withSets, team);
    this.order = new Int32Array(rows);
    this.#scratch = new Int32Array(rows);
  }

  /** Grows one tree. @returns the nodes, root first. */
  grow(data: GrowingData): GrowingNode[] {
    const { rows } = data.layout;
    this.order.set(rows);
    loadGradients(data.layout, data.gradients);
    const root = createRoot(data.gradients, this.order, rows.length);
    const nodes = [root];
    if (this.#mayBeSplit(root)) this.#openLeaves(data, [{ node: root, histogram: this.#sum(data, root) }]);
    for (let leaves = 1; leaves < this.#settings.maxLeaves; leaves++) {
      const best = takeBest(this.#open);
      if (!best) break;
      this.#split(data, nodes, best, leaves + 1 === this.#settings.maxLeaves);
    }
    for (const leaf of this.#open) this.#spare.push(leaf.histogram);
    this.#open = [];
    return nodes;
  }

  /** @param last whether the children will stay leaves. */
  #split(data: GrowingData, nodes: GrowingNode[], leaf: OpenLeaf, last: boolean): void {
    const { node, search, histogram } = leaf;
    const { start, end } = node;
    const bins = this.#binned.bins[search.feature];
    const middle = partition(this.order, start, end, bins, search, this.#scratch);
    splitNode(nodes, node, search, middle, this.#boundsBelow(node, search));
    const [left, right] = nodes.slice(-2);
    const small = middle - start <= end - middle ? left : right;
    const large = small === left ? right : left;
    if (last || !this.#mayBeSplit(large)) {
      this.#spare.push(histogram);
      return;
    }
    const ofSmall = this.#sum(data, small);
    subtractHistogram(histogram, ofSmall, data.layout);
    const candidates = [{ node: large, histogram }];
    if (this.#mayBeSplit(small)) candidates.push({ node: small, histogram: ofSmall });
    else this.#spare.push(ofSmall);
    this.#openLeaves(data, candidates);
  }

  #mayBeSplit(node: GrowingNode): boolean {
    const { maxDepth, rule } = this.#settings;
    return node.depth < maxDepth && node.end - node.start >= 2 * rule.minSamplesLeaf;
  }

  #sum({ layout }: GrowingData, node: GrowingNode): Float64Array {
    const histogram = this.#spare.pop() ?? new Float64Array(this.#histogramLength);
    fillHistogram(histogram, layout, this.order, node.start, node.end, node);
    return histogram;
  }

  /** Finds the best split of one or two nodes; one without any gives its histogram back. */
  #openLeaves(data: GrowingData, candidates: readonly Candidate[]): void {
    candidates.forEach((candidate, place) => {
      this.#scan(data, candidate, place);
    });
    this.#best.meet();
    candidates.forEach(({ node, histogram }, place) => {
      const search = this.#best.take(place, data.drawn);
      if (!search) {
        this.#spare.push(histogram);
        return;
      }
      const gain = search.numerator / search.denominator - this.#scoreUnsplit(node);
      this.#open.push({ node, histogram, search, gain });
    });
  }

  /** Leaves the best split of each of this member's features where all can see it. */
  #scan({ layout: { features, base } }: GrowingData, { node, histogram }: Candidate, place: number): void {
    const { rule, directions } = this.#settings;
    const unsplit = this.#scoreUnsplit(node);
    const bar = unsplit + Math.abs(unsplit) * SCORE_PRECISION;
    for (let k = 0; k < features.length; k++) {
      const f = features[k];
      const { kind, binCount } = this.#binned.features[f];
      const search = new SplitSearch(bar, 1);
      if (kind === 'category') scanCategory(search, rule, node, histogram, base[f], binCount, f);
      else if (directions)
        scanMonotone(search, rule, node, histogram, base[f], binCount - 1, f, directions[f]);
      else scanFeature(search, rule, node, histogram, base[f], 1, binCount - 1, f);
      this.#best.put(place, f, search);
    }
  }

  #scoreUnsplit(node: GrowingNode): number {
    const { rule, directions } = this.#settings;
    if (directions) return scoreOf(node, boundedStep(node, rule, node.bounds), rule);
    return node.g ** 2 / (hessianOf(node.v, rule.countUnit) + rule.l2);
  }

  /** The children's bounds: parted halfway between their values where the feature is constrained. */
  #boundsBelow(node: GrowingNode, { feature, leftG, leftV }: SplitSearch): readonly [Bounds, Bounds] {
    const { rule, directions } = this.#settings;
    const { bounds } = node;
    const direction = directions?.[feature] ?? 0;
    if (direction === 0) return [bounds, bounds];
    const left = boundedStep({ g: leftG, v: leftV }, rule, bounds);
    const right = boundedStep({ g: node.g - leftG, v: node.v - leftV }, rule, bounds);
    const middle = left / 2 + right / 2;
    const below = { low: bounds.low, high: middle };
    const above = { low: middle, high: bounds.high };
    return direction > 0 ? [below, above] : [above, below];
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
