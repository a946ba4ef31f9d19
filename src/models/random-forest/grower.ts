import type { Random } from '../../random.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import { hessianOf } from '../tree/gradients.ts';
import { createRoot, type GrowingNode, splitNode } from '../tree/growing.ts';
import { type SplitRule, SplitSearch } from '../tree/split.ts';
import { scanCategory } from '../tree/split-category.ts';
import { unpack } from './feature-histograms.ts';
import { BETTER, CONSTANT, ForestKernel, WIDTH } from './forest-kernel.ts';
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
  readonly #kernel: ForestKernel;
  readonly #features: Int32Array;
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
    this.#kernel = new ForestKernel(binned, limits.minSamplesLeaf);
    this.#features = Int32Array.from(binned.bins.keys());
  }

  /**
   * Grows one tree.
   * @param draws by row; rows that were not drawn are left out.
   * @returns the nodes, root first.
   */
  grow(draws: Int32Array, labels: Uint8Array, random: Random): GrowingNode[] {
    this.#features.sort();
    const nodes = [this.#plantRoot(draws, labels)];
    const pending = [nodes[0]];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const found = this.#mayBeSplit(node) ? this.#findSplit(node, random) : undefined;
      if (!found) continue;
      splitNode(nodes, node, found, this.#kernel.part(node.start, node.end, found));
      pending.push(...nodes.slice(-2));
    }
    return nodes;
  }

  #plantRoot(draws: Int32Array, labels: Uint8Array): GrowingNode {
    const { order, draws: ofRow } = this.#kernel;
    let end = 0;
    let all = 0;
    let lost = 0;
    for (let row = 0; row < draws.length; row++) {
      if (draws[row] === 0) continue;
      order[end++] = row;
      ofRow[2 * row] = draws[row] * labels[row];
      ofRow[2 * row + 1] = draws[row];
      lost += draws[row] * labels[row];
      all += draws[row];
    }
    return createRoot({ g: lost, v: all * (this.#rule.countUnit + 1) }, end);
  }

  #mayBeSplit({ g, v, depth }: GrowingNode): boolean {
    const draws = Math.floor(v / this.#rule.countUnit);
    const pure = g === 0 || g === draws;
    return !pure && depth < this.#limits.maxDepth && draws >= 2 * this.#limits.minSamplesLeaf;
  }

  /**
   * The best split among features drawn until enough of them, and one that varies in the node, have been
   * seen.
   */
  #findSplit(node: GrowingNode, random: Random): SplitSearch | undefined {
    const features = this.#features;
    const search = new SplitSearch(-1, 1);
    this.#kernel.setNode(hessianOf(node.v, this.#rule.countUnit), node.g);
    let varying = 0;
    let seen = 0;
    while (seen < features.length && (seen < this.#limits.featuresPerSplit || varying === 0)) {
      const wanted = Math.max(1, this.#limits.featuresPerSplit - seen);
      const next = Math.min(WIDTH, wanted, features.length - seen);
      drawForward(random, features, seen, next);
      varying += this.#scan(search, node, features.subarray(seen, seen + next), random);
      seen += next;
    }
    return search.feature < 0 ? undefined : search;
  }

  /** Looks at up to four features. @returns how many of them vary in the node. */
  #scan(search: SplitSearch, node: GrowingNode, features: Int32Array, random: Random): number {
    this.#kernel.sum(features, node.start, node.end);
    let varying = 0;
    for (let k = 0; k < features.length; k++) {
      const isCategory = this.#binned.features[features[k]].kind === 'category';
      const isScanned = !isCategory && this.#limits.split === 'best';
      const varies = isScanned
        ? this.#scanNumber(search, k, features[k])
        : this.#tryFeature(search, node, k, features[k], random);
      if (varies) varying++;
    }
    return varying;
  }

  /** @param k the place among the features that were summed. @returns whether the feature varies in the node. */
  #scanNumber(search: SplitSearch, k: number, feature: number): boolean {
    const { binCount } = this.#binned.features[feature];
    const scanned = this.#kernel.scan(k, binCount, search.numerator, search.denominator);
    if (scanned === BETTER) {
      const { found } = this.#kernel;
      search.numerator = found[0];
      search.denominator = found[1];
      search.feature = feature;
      search.bin = found[2];
      search.isLeft = undefined;
      search.missingLeft = found[3] === 1;
      search.leftG = found[4];
      search.leftV = found[5] * (this.#rule.countUnit + 1);
    }
    return scanned !== CONSTANT;
  }

  /** As `#scanNumber`, for sets of levels and random cuts. */
  #tryFeature(search: SplitSearch, node: GrowingNode, k: number, feature: number, random: Random): boolean {
    const rule = this.#rule;
    const histogram = this.#histogram;
    const { kind, binCount } = this.#binned.features[feature];
    if (unpack(this.#kernel.histograms, k, binCount, rule.countUnit, histogram) < 2) return false;
    const isCategory = kind === 'category';
    if (this.#limits.split === 'random')
      tryRandomSplit(search, rule, node, histogram, binCount, feature, isCategory, random);
    else scanCategory(search, rule, node, histogram, 0, binCount, feature);
    return true;
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
