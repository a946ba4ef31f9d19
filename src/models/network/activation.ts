import { sigmoid } from '../exponential.ts';

/**
 * What a hidden unit makes of its sum x: the logistic function σ(x), or the sigmoid linear unit x · σ(x) (Elfwing, Uchibe and Doya
 * 2018), which learns as fast as a rectifier and is smooth, so that attributions can be integrated exactly.
 */
export type Activation = 'logistic' | 'silu';

/** Writes the activation of the first `count` sums. */
export function activate(activation: Activation, sums: Float64Array, count: number, out: Float64Array): void {
  if (activation === 'logistic') for (let k = 0; k < count; k++) out[k] = sigmoid(sums[k]);
  else for (let k = 0; k < count; k++) out[k] = sums[k] * sigmoid(sums[k]);
}

/** Multiplies slopes by the derivative of the activation at the first `count` sums. */
export function multiplyByDerivative(
  activation: Activation,
  sums: Float64Array,
  count: number,
  slopes: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const s = sigmoid(sums[k]);
    slopes[k] *= activation === 'logistic' ? s * (1 - s) : s * (1 + sums[k] * (1 - s));
  }
}
