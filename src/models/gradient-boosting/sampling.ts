import type { Random } from '../../random.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import { layOutRows, type RowLayout, varyingFeatures } from '../tree/row-layout.ts';
import type { GradientBoostingSettings } from './settings.ts';

/** Fewer features than this leave a tree no interaction to find. */
const MIN_FEATURES = 4;

/**
 * Draws the rows and features of each tree, and lays out these alone: a tree then reads nothing that it
 * cannot use.
 */
export function createSampler(
  binned: BinnedColumns,
  { subsample, columnSample }: GradientBoostingSettings,
): (random: Random) => RowLayout {
  const candidates = varyingFeatures(binned);
  const available = candidates.length;
  const rowCount = Math.max(1, Math.round(subsample * binned.rows));
  const featureCount = Math.max(Math.min(MIN_FEATURES, available), Math.round(columnSample * available));
  if (rowCount === binned.rows && featureCount === available) {
    const everyRow = Int32Array.from({ length: rowCount }, (_, i) => i);
    const whole = layOutRows(binned, everyRow, candidates);
    return () => whole;
  }
  return (random) => {
    const rows = draw(random, binned.rows, rowCount);
    const features = draw(random, available, featureCount).map((k) => candidates[k]);
    return layOutRows(binned, rows, features);
  };
}

/**
 * `count` of 0 … n − 1 without replacement, ascending: selection sampling (Knuth, The Art of Computer
 * Programming, 3.4.2 S).
 */
function draw(random: Random, n: number, count: number): Int32Array {
  const drawn = new Int32Array(count);
  for (let i = 0, k = 0; k < count; i++) {
    if (random.uint32() * (n - i) < (count - k) * 2 ** 32) drawn[k++] = i;
  }
  return drawn;
}
