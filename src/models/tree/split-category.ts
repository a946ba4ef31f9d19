import { countOf, hessianOf } from './gradients.ts';
import { improves, type SplitRule, type SplitSearch, type Sums } from './split.ts';

/**
 * Tries splits of one category and keeps the best of them and of what `search` holds. Levels in the order of their mean
 * gradient are parted in two: without smoothing one of these is the best split into any two sets (Fisher 1958), with it
 * the order trusts rare levels less (as LightGBM does). Missing values are a level like others. Levels with few rows go
 * with those that are not told apart; those without rows go right, which is the larger side.
 * @param histogram sums by bin: g at 2 · (base + bin), v beside it; `base` itself holds the missing values.
 */
export function scanCategory(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums,
  histogram: Float64Array,
  base: number,
  binCount: number,
  feature: number,
): void {
  if (countOf(node.v, rule.countUnit) < 2 * rule.category.minGroupRows) return;
  const order = levelsInOrder(rule, histogram, base, binCount);
  const low = bestPrefix(search, rule, node, histogram, base, order);
  const high = bestPrefix(search, rule, node, histogram, base, order.toReversed());
  const best = high ?? low;
  if (!best) return;
  const isLeft = new Uint8Array(256);
  for (const bin of best.bins) isLeft[bin] = 1;
  const mirrored = 2 * best.v > node.v;
  if (mirrored) {
    for (let bin = 0; bin < binCount; bin++) {
      const hasRows = histogram[2 * (base + bin) + 1] > 0;
      isLeft[bin] = hasRows ? 1 - isLeft[bin] : 0;
    }
  }
  search.feature = feature;
  search.bin = 0;
  search.isLeft = isLeft;
  search.missingLeft = isLeft[0] === 1;
  search.leftG = mirrored ? node.g - best.g : best.g;
  search.leftV = mirrored ? node.v - best.v : best.v;
}

/** The bins with enough rows by mean gradient; equal ones by number. */
function levelsInOrder(
  { countUnit, category }: SplitRule,
  histogram: Float64Array,
  base: number,
  binCount: number,
): number[] {
  const means = new Float64Array(binCount);
  const bins: number[] = [];
  for (let bin = 0; bin < binCount; bin++) {
    const v = histogram[2 * (base + bin) + 1];
    if (v === 0 || countOf(v, countUnit) < category.minRows) continue;
    means[bin] = histogram[2 * (base + bin)] / (hessianOf(v, countUnit) + category.smoothing);
    bins.push(bin);
  }
  return bins.sort((a, b) => means[a] - means[b] || a - b);
}

interface Prefix extends Sums {
  readonly bins: readonly number[];
}

/** The first of the bins in order that go to one side; undefined when nothing beats the search. */
function bestPrefix(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums,
  histogram: Float64Array,
  base: number,
  order: readonly number[],
): Prefix | undefined {
  const { countUnit, category } = rule;
  const most = Math.min(order.length, category.maxLevels);
  let best: Prefix | undefined;
  let g = 0;
  let v = 0;
  let tried = 0;
  for (let k = 0; k < most; k++) {
    g += histogram[2 * (base + order[k])];
    v += histogram[2 * (base + order[k]) + 1];
    if (countOf(v - tried, countUnit) < category.minGroupRows) continue;
    if (countOf(node.v - v, countUnit) < category.minGroupRows) break;
    tried = v;
    if (improves(search, rule, node, g, v, rule.l2 + category.l2))
      best = { bins: order.slice(0, k + 1), g, v };
  }
  return best;
}
