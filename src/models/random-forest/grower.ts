import type { Random } from '../../random.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import { type GrowingNode, splitNode } from '../tree/growing.ts';
import { partition } from '../tree/partition.ts';
import { type SplitRule, SplitSearch, scanFeature } from '../tree/split.ts';
import { scanCategory } from '../tree/split-category.ts';
import { UNBOUNDED } from '../tree/split-monotone.ts';
import { addFour, DRAW, unpack, WIDTH } from './feature-histograms.ts';
import { tryRandomSplit } from './random-split.ts';

/** `best` of a feature's splits, or one drawn at `random`. */
export type SplitChoice = 'best' | 'random';

export interface DepthFirstLimits {
  readonly split: SplitChoice;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly featuresPerSplit: number;
}

/**
 * Grows trees node by node, each until it is pure or as small as allowed, and each choosing among a few
 * features drawn for it. So few features are looked at that histograms are summed for these alone. Sums of a
 * node are lost draws (g) and draws, both as its count and as its weight (v).
 */
export class DepthFirstGrower {
  readonly #binned: BinnedColumns;
  readonly #limits: DepthFirstLimits;
  readonly #rule: SplitRule;
  readonly #order: Int32Array;
  readonly #scratch: Int32Array;
  readonly #features: Int32Array;
  /** Zero between uses. */
  readonly #packedHistograms = new Float64Array(256 * WIDTH);
  readonly #histogram = new Float64Array(512);

  /** @param countUnit a power of two above the number of draws; `hessianOf` of a node's v gives its draws. */
  constructor(binned: BinnedColumns, countUnit: number, limits: DepthFirstLimits) {
    this.#binned = binned;
    this.#limits = limits;
    this.#rule = {
      minSamplesLeaf: limits.minSamplesLeaf,
      minHessian: 1,
      l2: 0,
      countUnit,
      category: { minRows: 1, minGroupRows: 1, maxLevels: 255, smoothing: 0, l2: 0 },
    };
    this.#order = new Int32Array(binned.rows);
    this.#scratch = new Int32Array(binned.rows);
    this.#features = Int32Array.from(binned.bins.keys());
  }

  /**
   * Grows one tree.
   * @param packed by row: draws · DRAW + lost draws; rows that were not drawn are left out.
   * @returns the nodes, root first.
   */
  grow(packed: Float64Array, random: Random): GrowingNode[] {
    this.#features.sort();
    const nodes = [this.#plantRoot(packed)];
    const pending = [nodes[0]];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const found = this.#mayBeSplit(node) ? this.#findSplit(packed, node, random) : undefined;
      if (!found) continue;
      this.#split(nodes, node, found);
      pending.push(...nodes.slice(-2));
    }
    return nodes;
  }

  #plantRoot(packed: Float64Array): GrowingNode {
    let end = 0;
    let sum = 0;
    for (let row = 0; row < packed.length; row++) {
      if (packed[row] === 0) continue;
      this.#order[end++] = row;
      sum += packed[row];
    }
    const draws = Math.floor(sum / DRAW);
    const v = draws * (this.#rule.countUnit + 1);
    return { g: sum - draws * DRAW, v, start: 0, end, depth: 0, bounds: UNBOUNDED, ofCategory: false };
  }

  #mayBeSplit({ g, v, depth }: GrowingNode): boolean {
    const draws = Math.floor(v / this.#rule.countUnit);
    const pure = g === 0 || g === draws;
    return !pure && depth < this.#limits.maxDepth && draws >= 2 * this.#limits.minSamplesLeaf;
  }

  #split(nodes: GrowingNode[], node: GrowingNode, found: SplitSearch): void {
    const bins = this.#binned.bins[found.feature];
    const { start, end } = node;
    const middle = partition(this.#order, start, end, bins, found, this.#scratch);
    splitNode(nodes, node, found, middle);
  }

  /**
   * The best split among features drawn until enough of them, and one that varies in the node, have been
   * seen.
   */
  #findSplit(packed: Float64Array, node: GrowingNode, random: Random): SplitSearch | undefined {
    const features = this.#features;
    const search = new SplitSearch(-1, 1);
    let varying = 0;
    let seen = 0;
    while (seen < features.length && (seen < this.#limits.featuresPerSplit || varying === 0)) {
      const wanted = Math.max(1, this.#limits.featuresPerSplit - seen);
      const next = Math.min(WIDTH, wanted, features.length - seen);
      drawForward(random, features, seen, next);
      varying += this.#scan(search, packed, node, features.subarray(seen, seen + next), random);
      seen += next;
    }
    return search.feature < 0 ? undefined : search;
  }

  /** Looks at up to four features. @returns how many of them vary in the node. */
  #scan(
    search: SplitSearch,
    packed: Float64Array,
    node: GrowingNode,
    features: Int32Array,
    random: Random,
  ): number {
    const { bins } = this.#binned;
    const [b0, b1, b2, b3] = [0, 1, 2, 3].map((k) => bins[features[k] ?? features[0]]);
    addFour(this.#packedHistograms, b0, b1, b2, b3, packed, this.#order, node.start, node.end);
    let varying = 0;
    features.forEach((feature, k) => {
      const { binCount } = this.#binned.features[feature];
      const filled = unpack(this.#packedHistograms, k, binCount, this.#rule.countUnit, this.#histogram);
      if (filled < 2) return;
      varying++;
      this.#scanFeature(search, node, feature, random);
    });
    this.#packedHistograms.fill(0, 256 * features.length);
    return varying;
  }

  #scanFeature(search: SplitSearch, node: GrowingNode, feature: number, random: Random): void {
    const rule = this.#rule;
    const histogram = this.#histogram;
    const { kind, binCount } = this.#binned.features[feature];
    const isCategory = kind === 'category';
    if (this.#limits.split === 'random')
      tryRandomSplit(search, rule, node, histogram, binCount, feature, isCategory, random);
    else if (isCategory) scanCategory(search, rule, node, histogram, 0, binCount, feature);
    else scanFeature(search, rule, node, histogram, 0, 1, binCount - 1, feature);
  }
}

/** Takes `count` steps of a Fisher–Yates shuffle from place `from` on; places before it stay. */
function drawForward(random: Random, items: Int32Array, from: number, count: number): void {
  for (let to = from; to < from + count; to++) {
    const j = to + random.integer(items.length - to);
    const moved = items[j];
    items[j] = items[to];
    items[to] = moved;
  }
}
