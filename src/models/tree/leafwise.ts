import { alone, type Team } from '../../threads/team.ts';
import { BestSplits } from './best-splits.ts';
import type { BinnedFeature } from './bins.ts';
import { FOUND, type OpenedNode } from './boosting-kernel.ts';
import { hessianOf } from './gradients.ts';
import { createRoot, type GrowingNode, splitNode } from './growing.ts';
import type { RowLayout } from './row-layout.ts';
import { type SplitRule, SplitSearch, type Sums } from './split.ts';
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
  /** What the tree may split on, ascending: the layouts of all members together. */
  readonly drawn: Int32Array;
  /** Of its rows, whose derivatives the kernel has taken. */
  readonly totals: Sums;
}

/** A leaf with the slot of the kernel that its histogram is in. */
interface Candidate {
  readonly node: GrowingNode;
  readonly slot: number;
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
  readonly #features: readonly BinnedFeature[];
  readonly #settings: LeafwiseSettings;
  readonly #best: BestSplits;
  /** Slots of the kernel that no leaf has. */
  readonly #spare: number[];
  #open: OpenLeaf[] = [];

  /** @param rows at most so many rows a tree. */
  constructor(
    rows: number,
    features: readonly BinnedFeature[],
    settings: LeafwiseSettings,
    team: Team = alone,
  ) {
    this.#features = features;
    this.#settings = settings;
    const withSets = features.some(({ kind }) => kind === 'category');
    this.#best = new BestSplits(features.length, withSets, team);
    this.#spare = Array.from({ length: histogramsAtOnce(rows, settings) }, (_, slot) => slot);
  }

  /** Grows one tree. @returns the nodes, root first; their rows are in the order of the kernel. */
  grow(data: GrowingData): GrowingNode[] {
    const root = createRoot(data.totals, data.layout.rows.length);
    const nodes = [root];
    if (this.#mayBeSplit(root)) this.#openLeaves(data, { node: root, slot: this.#sum(data, root) });
    for (let leaves = 1; leaves < this.#settings.maxLeaves; leaves++) {
      const best = takeBest(this.#open);
      if (!best) break;
      this.#split(data, nodes, best, leaves + 1 === this.#settings.maxLeaves);
    }
    for (const leaf of this.#open) this.#spare.push(leaf.slot);
    this.#open = [];
    return nodes;
  }

  /** @param last whether the children will stay leaves. */
  #split(data: GrowingData, nodes: GrowingNode[], leaf: OpenLeaf, last: boolean): void {
    const { node, search, slot } = leaf;
    const { start, end } = node;
    const middle = data.layout.kernel.part(start, end, search);
    splitNode(nodes, node, search, middle, this.#boundsBelow(node, search));
    const [left, right] = nodes.slice(-2);
    const small = middle - start <= end - middle ? left : right;
    const large = small === left ? right : left;
    if (last || !this.#mayBeSplit(large)) this.#spare.push(slot);
    else this.#openLeaves(data, { node: small, slot: this.#sum(data, small) }, { node: large, slot });
  }

  #mayBeSplit(node: GrowingNode): boolean {
    const { maxDepth, rule } = this.#settings;
    return node.depth < maxDepth && node.end - node.start >= 2 * rule.minSamplesLeaf;
  }

  #sum({ layout: { kernel, size } }: GrowingData, { start, end }: GrowingNode): number {
    const slot = this.#spare.pop();
    if (slot === undefined) throw new Error('More leaves are open than there are histograms.');
    kernel.sum(slot, start, end, size);
    return slot;
  }

  /**
   * Finds the best split of a root, or of two children, of which one has been summed and its sibling has their parent's histogram.
   * A node without any gives its slot back.
   */
  #openLeaves({ layout, drawn }: GrowingData, summed: Candidate, sibling?: Candidate): void {
    const candidates = sibling ? [summed, sibling] : [summed];
    const [first, second] = candidates.map((candidate) => this.#opened(candidate));
    layout.kernel.open(layout.features.length, first, second);
    candidates.forEach((candidate, place) => {
      if (this.#mayBeSplit(candidate.node)) this.#putBest(layout, candidate, place);
    });
    this.#best.meet();
    // The sibling first: of leaves that gain the same, the one that was opened first is split next.
    for (let place = candidates.length - 1; place >= 0; place--) {
      const { node, slot } = candidates[place];
      const search = this.#mayBeSplit(node) ? this.#best.take(place, drawn) : undefined;
      if (search) {
        const gain = search.numerator / search.denominator - this.#scoreUnsplit(node);
        this.#open.push({ node, slot, search, gain });
      } else this.#spare.push(slot);
    }
  }

  /** Under constraints the kernel looks for no split, nor in a node that may not be split. */
  #opened({ node, slot }: Candidate): OpenedNode {
    const isLookedAt = this.#mayBeSplit(node) && !this.#settings.directions;
    return { slot, g: node.g, v: node.v, bar: isLookedAt ? this.#bar(node) : Number.POSITIVE_INFINITY };
  }

  /** Leaves the best split of each of this member's features where all can see it. */
  #putBest({ features, base, kernel }: RowLayout, { node, slot }: Candidate, place: number): void {
    const { rule, directions } = this.#settings;
    const bar = this.#bar(node);
    const histogram = kernel.histogram(slot);
    for (let k = 0; k < features.length; k++) {
      const f = features[k];
      const { kind, binCount } = this.#features[f];
      if (kind === 'number' && !directions) {
        this.#best.copy(place, f, kernel.found, (place * features.length + k) * FOUND);
        continue;
      }
      const search = new SplitSearch(bar, 1);
      if (kind === 'category') scanCategory(search, rule, node, histogram, base[f], binCount, f);
      else if (directions)
        scanMonotone(search, rule, node, histogram, base[f], binCount - 1, f, directions[f]);
      this.#best.put(place, f, search);
    }
  }

  /** What a split of the node must score more than. */
  #bar(node: GrowingNode): number {
    const unsplit = this.#scoreUnsplit(node);
    return unsplit + Math.abs(unsplit) * SCORE_PRECISION;
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

/**
 * How many leaves have a histogram at most while trees of so many rows grow: those that may be split, and the child that is being
 * summed; none does any more when the last split is made.
 */
export function histogramsAtOnce(rows: number, { maxLeaves, rule }: LeafwiseSettings): number {
  return Math.max(1, Math.min(maxLeaves - 1, Math.floor(rows / (2 * rule.minSamplesLeaf)) + 1));
}

/** A gain within the rounding of the scores it is the difference of is none. */
const SCORE_PRECISION = 1e-12;

/** Takes out the leaf with the largest gain; of equals, the one opened first. */
function takeBest(open: OpenLeaf[]): OpenLeaf | undefined {
  let best = 0;
  for (let k = 1; k < open.length; k++) if (open[k].gain > open[best].gain) best = k;
  return open.splice(best, 1)[0];
}
