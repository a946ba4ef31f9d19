import type { Random } from '../../random.ts';
import { countLost } from '../examples.ts';
import { log } from '../logarithm.ts';
import { type LayerShape, parameterCount } from './feed-forward.ts';

/**
 * Weights drawn uniformly within ± √(6 / (inputs + units)) (Glorot and Bengio 2010), biases of 0, and the output's bias the
 * log-odds of the weighted base rate, so that training begins where a constant would end.
 */
export function initialParameters(
  shapes: readonly LayerShape[],
  labels: Uint8Array,
  [ofStayed, ofLost]: readonly [stayed: number, lost: number],
  random: Random,
): Float64Array {
  const parameters = new Float64Array(parameterCount(shapes));
  let at = 0;
  for (const { inputs, units } of shapes) {
    const bound = Math.sqrt(6 / (inputs + units));
    for (let k = 0; k < inputs * units; k++) parameters[at + k] = bound * (2 * random.float() - 1);
    at += units * (inputs + 1);
  }
  const lost = countLost(labels);
  parameters[at - 1] = log((ofLost * lost) / (ofStayed * (labels.length - lost)));
  return parameters;
}
