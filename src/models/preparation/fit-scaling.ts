import type { Scaling } from './scaling.ts';
import type { PreparationSettings } from './settings.ts';
import { fitYeoJohnson, yeoJohnson } from './yeo-johnson.ts';

/** Fits a transformation as scikit-learn does, on the present values of a column, at least two of which differ. */
export function fitScaling(kind: PreparationSettings['scale'], column: Float64Array): Scaling {
  switch (kind) {
    case 'none':
    case 'log':
      return { kind };
    case 'standard':
      return linear(momentsOf(presentOf(column)), column);
    case 'robust': {
      const sorted = presentOf(column).sort();
      const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
      return linear({ center: quantile(sorted, 0.5), scale: spread }, sorted);
    }
    case 'min-max': {
      const sorted = presentOf(column).sort();
      return linear({ center: sorted[0], scale: sorted[sorted.length - 1] - sorted[0] }, sorted);
    }
    case 'yeo-johnson': {
      const values = presentOf(column);
      const lambda = fitYeoJohnson(evenSample(values, LAMBDA_ROWS));
      const powers = values.map((x) => yeoJohnson(x, lambda));
      return { kind, lambda, ...usable(momentsOf(powers), powers) };
    }
    default:
      return { kind: 'quantile', landmarks: landmarksOf(column), normal: kind === 'quantile-normal' };
  }
}

/** Rows that λ is fitted on: more move it by less than its standard error. */
const LAMBDA_ROWS = 20_000;

/** Landmarks at most, as in scikit-learn. */
const LANDMARKS = 1000;

/** The quantile at share `p` of ascending values, interpolated (type 7 of Hyndman and Fan 1996, NumPy's default). */
export function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  const share = place - below;
  return share === 0 ? sorted[below] : sorted[below] * (1 - share) + sorted[above] * share;
}

/** The values that are not missing, in a new array. */
export function presentOf(column: Float64Array): Float64Array {
  return column.filter((x) => !Number.isNaN(x));
}

interface Moments {
  readonly center: number;
  readonly scale: number;
}

/** Mean and population standard deviation. */
function momentsOf(values: Float64Array): Moments {
  const center = values.reduce((sum, x) => sum + x / values.length, 0);
  const squares = values.reduce((sum, x) => sum + (x - center) ** 2 / values.length, 0);
  return { center, scale: Math.sqrt(squares) };
}

function linear(moments: Moments, values: Float64Array): Scaling {
  return { kind: 'linear', ...usable(moments, values) };
}

/** 1 for a scale of 0, as that of a column whose middle half is one value, or by which values would overflow. */
function usable({ center, scale }: Moments, values: Float64Array): Moments {
  const isUsable = scale > 0 && values.every((x) => Number.isNaN(x) || Number.isFinite((x - center) / scale));
  return { center, scale: isUsable && Number.isFinite(scale) ? scale : 1 };
}

function landmarksOf(column: Float64Array): number[] {
  const sorted = presentOf(column).sort();
  const count = Math.min(LANDMARKS, column.length);
  return Array.from({ length: count }, (_, k) => quantile(sorted, k / (count - 1)));
}

/** At most `count` of the values, at even distances. */
function evenSample(values: Float64Array, count: number): Float64Array {
  if (values.length <= count) return values;
  return Float64Array.from({ length: count }, (_, k) => values[Math.floor((k * values.length) / count)]);
}
