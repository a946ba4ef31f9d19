import { normalQuantile } from './normal-quantile.ts';
import { yeoJohnson } from './yeo-johnson.ts';

/** A transformation of one column, fitted on training rows; missing values pass all of them. */
export type Scaling =
  | { readonly kind: 'none' }
  /** (x − center) / scale: standard, robust and min–max scaling. */
  | { readonly kind: 'linear'; readonly center: number; readonly scale: number }
  /** sign(x) · ln(1 + |x|) */
  | { readonly kind: 'log' }
  /** Yeo and Johnson (2000), then (x − center) / scale. */
  | {
      readonly kind: 'yeo-johnson';
      readonly lambda: number;
      readonly center: number;
      readonly scale: number;
    }
  /**
   * The share of training rows below, interpolated between `landmarks`, quantiles at equal steps from 0 to 1; `normal`
   * maps it to the standard normal distribution, cut off at ±5.2.
   */
  | { readonly kind: 'quantile'; readonly landmarks: readonly number[]; readonly normal: boolean };

/** The transformed column; the column itself where there is nothing to do. */
export function applyScaling(scaling: Scaling, column: Float64Array): Float64Array {
  switch (scaling.kind) {
    case 'none':
      return column;
    case 'linear':
      return column.map((x) => (x - scaling.center) / scaling.scale);
    case 'log':
      return column.map((x) => Math.sign(x) * Math.log1p(Math.abs(x)));
    case 'yeo-johnson':
      return column.map((x) => (yeoJohnson(x, scaling.lambda) - scaling.center) / scaling.scale);
    case 'quantile': {
      const landmarks = Float64Array.from(scaling.landmarks);
      const share = (x: number) => shareBelow(landmarks, x);
      return column.map(scaling.normal ? (x) => clippedNormal(share(x)) : share);
    }
  }
}

/** As scikit-learn's QuantileTransformer: of a value that is several landmarks, the middle of their places. */
function shareBelow(landmarks: Float64Array, x: number): number {
  const last = landmarks.length - 1;
  if (Number.isNaN(x)) return x;
  if (x >= landmarks[last]) return 1;
  if (x <= landmarks[0]) return 0;
  const below = countWhere(landmarks, (landmark) => landmark < x);
  const upTo = countWhere(landmarks, (landmark) => landmark <= x);
  if (upTo > below) return (below + upTo - 1) / 2 / last;
  const left = landmarks[below - 1];
  return (below - 1 + (x - left) / (landmarks[below] - left)) / last;
}

/** How many of the ascending values pass a test that the first of them pass. */
function countWhere(values: Float64Array, test: (value: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(values[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The standard normal quantile of a share, of 0 and 1 that of 1e-7 from them, as scikit-learn cuts it off. */
function clippedNormal(share: number): number {
  return Number.isNaN(share) ? share : normalQuantile(Math.min(Math.max(share, TAIL), 1 - TAIL));
}

const TAIL = 1e-7;
