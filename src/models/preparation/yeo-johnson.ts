/** The power transformation of Yeo and Johnson (2000), which takes numbers of either sign. */
export function yeoJohnson(x: number, lambda: number): number {
  if (x >= 0) return lambda === 0 ? Math.log1p(x) : Math.expm1(lambda * Math.log1p(x)) / lambda;
  const other = 2 - lambda;
  return other === 0 ? -Math.log1p(-x) : -Math.expm1(other * Math.log1p(-x)) / other;
}

/**
 * The λ that makes the values most nearly normal, by maximum likelihood.
 * @param values finite, not all the same.
 */
export function fitYeoJohnson(values: Float64Array): number {
  const logs = values.reduce((sum, x) => sum + Math.sign(x) * Math.log1p(Math.abs(x)), 0);
  return minimiseOn(-8, 8, (lambda) => {
    const transformed = values.map((x) => yeoJohnson(x, lambda));
    const variance = varianceOf(transformed);
    const negative = (values.length / 2) * Math.log(variance) - (lambda - 1) * logs;
    return Number.isFinite(negative) && variance > 0 ? negative : Number.POSITIVE_INFINITY;
  });
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
}

/** The share of an interval that golden-section search keeps at each step. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Sections to 16 · GOLDEN⁴⁰ ≈ 7e-8; nearer to a minimum, rounding hides which of two values is less. */
const STEPS = 40;

/** Where a function with a single valley is least (golden-section search, Kiefer 1953). */
function minimiseOn(from: number, to: number, f: (x: number) => number): number {
  let low = from;
  let high = to;
  let a = high - GOLDEN * (high - low);
  let b = low + GOLDEN * (high - low);
  let fa = f(a);
  let fb = f(b);
  for (let k = 0; k < STEPS; k++) {
    if (fa <= fb) {
      [high, b, fb] = [b, a, fa];
      a = high - GOLDEN * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + GOLDEN * (high - low);
      fb = f(b);
    }
  }
  return (low + high) / 2;
}
