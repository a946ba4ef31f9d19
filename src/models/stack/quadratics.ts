/** What is gained by a move that is not worth another. */
const PRECISION = 1e-14;

/**
 * Where g · (w − w₀) + ½ (w − w₀)ᵀ H (w − w₀) is least over weights that are none negative and together 1: weight is moved between
 * the pair that gains most by it, until no pair gains (sequential minimal optimisation, Platt 1998).
 */
export function leastOnSimplex(
  start: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): Float64Array {
  const n = start.length;
  const weights = Float64Array.from(start);
  const slopes = Float64Array.from(gradient);
  for (let move = 0; move < 1000 * n; move++) {
    const to = slopes.indexOf(Math.min(...slopes));
    const from = slopes.indexOf(Math.max(...slopes.filter((_, k) => weights[k] > 0)));
    const gain = slopes[from] - slopes[to];
    if (!(gain > PRECISION)) break;
    const bend = hessian[to * n + to] + hessian[from * n + from] - 2 * hessian[to * n + from];
    const amount = bend > 0 ? Math.min(gain / bend, weights[from]) : weights[from];
    weights[to] += amount;
    weights[from] -= amount;
    for (let k = 0; k < n; k++) slopes[k] += amount * (hessian[k * n + to] - hessian[k * n + from]);
  }
  return weights;
}

/** The same over weights of which all but the last are not negative, by one weight after the other. */
export function leastNonNegative(
  start: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): Float64Array {
  const n = start.length;
  const weights = Float64Array.from(start);
  const slopes = Float64Array.from(gradient);
  for (let round = 0; round < 10_000; round++) {
    let gain = 0;
    for (let k = 0; k < n; k++) {
      const bend = hessian[k * n + k];
      if (!(bend > 0)) continue;
      const least = k === n - 1 ? Number.NEGATIVE_INFINITY : 0;
      const weight = Math.max(weights[k] - slopes[k] / bend, least);
      const change = weight - weights[k];
      weights[k] = weight;
      gain += Math.abs(slopes[k] * change);
      for (let j = 0; j < n; j++) slopes[j] += change * hessian[j * n + k];
    }
    if (!(gain > PRECISION)) break;
  }
  return weights;
}
