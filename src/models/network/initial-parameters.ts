import type { Random } from '../../random.ts';
import { log } from '../logarithm.ts';
import { type LayerShape, parameterCount } from './feed-forward.ts';

/**
 * Weights drawn uniformly within ± √(6 / (inputs + units)) (Glorot and Bengio 2010), biases of 0, and the output's bias the
 * log-odds of the weighted base rate, so that training begins where a constant would end.
 */
export function initialParameters(
  shapes: readonly LayerShape[],
  labels: Uint8Array,
  weights: Float64Array,
  random: Random,
): Float64Array {
  const parameters = new Float64Array(parameterCount(shapes));
  let at = 0;
  for (const { inputs, units } of shapes) {
    const bound = Math.sqrt(6 / (inputs + units));
    for (let k = 0; k < inputs * units; k++) parameters[at + k] = bound * (2 * random.float() - 1);
    at += units * (inputs + 1);
  }
  const sums = [0, 0];
  labels.forEach((label, i) => {
    sums[label] += weights[i];
  });
  parameters[at - 1] = log(sums[1] / sums[0]);
  return parameters;
}
