import { InputError } from '../../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { Activation } from '../network/activation.ts';
import { FeedForward } from '../network/feed-forward.ts';
import { type Layer, networkOf } from '../network/layers.ts';
import { inputsOf } from '../tree/inputs.ts';
import { fillInputs, inputWidth, type PerceptronInputs } from './inputs.ts';

/**
 * A feed-forward network: standardised terms and embedded categories, hidden layers, and one linear unit whose output is the
 * log-odds.
 */
export interface MultilayerPerceptronModel extends PerceptronInputs {
  readonly kind: 'multilayer-perceptron';
  /** Of the hidden units. */
  readonly activation: Activation;
  /** At least one. The last has one unit, which is linear. */
  readonly layers: readonly Layer[];
}

/** Rows that pass the network together, so that they stay in the cache. */
const BLOCK = 256;

/**
 * The log-odds of each row.
 * @throws InputError for values so large that they overflow, or as `inputsOf` does.
 */
export function logOddsOfPerceptron(model: MultilayerPerceptronModel, matrix: Matrix): Float64Array {
  const columns = inputsOf(model, matrix);
  const { shapes, parameters } = networkOf(model.layers);
  const network = new FeedForward(shapes, parameters, model.activation, BLOCK);
  const width = inputWidth(model);
  const input = new Float64Array(BLOCK * width);
  const logOdds = new Float64Array(matrix.rows);
  for (let start = 0; start < matrix.rows; start += BLOCK) {
    const rows = Int32Array.from({ length: Math.min(BLOCK, matrix.rows - start) }, (_, i) => start + i);
    fillInputs(model, columns, rows, input);
    logOdds.set(network.forward(input, rows.length), start);
  }
  const overflown = logOdds.findIndex(Number.isNaN);
  if (overflown >= 0) throw new InputError(`The features of row ${overflown} are too large to predict from.`);
  return logOdds;
}
