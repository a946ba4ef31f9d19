import { InputError } from '../../errors.ts';
import { sigmoid } from '../exponential.ts';
import { fillTerm, type Term } from '../logistic-regression/preparation.ts';
import { columnsFor, type Matrix } from '../matrix.ts';

/**
 * A feed-forward network: standardised terms, hidden layers of logistic units, and one linear unit whose output is
 * the log-odds.
 */
export interface MultilayerPerceptronModel {
  readonly kind: 'multilayer-perceptron';
  readonly features: readonly string[];
  /** The network's inputs, made from the features; fitted on the training rows. */
  readonly terms: readonly Term[];
  /** At least one. The last has one unit, which is linear; the units of the others are logistic. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  /** By unit: a weight for each input. */
  readonly weights: readonly (readonly number[])[];
  /** By unit. */
  readonly biases: readonly number[];
}

/** Rows that pass the network together, so that they stay in the cache. */
const BLOCK = 512;

/** The log-odds of each row. @throws InputError for values so large that they overflow. */
export function logOddsOfPerceptron(model: MultilayerPerceptronModel, matrix: Matrix): Float64Array {
  const inputs = columnsFor(model.features, matrix);
  const logOdds = new Float64Array(matrix.rows);
  for (let start = 0; start < matrix.rows; start += BLOCK) {
    const end = Math.min(start + BLOCK, matrix.rows);
    const [output] = feedForward(model.layers, termBlock(model.terms, inputs, start, end), end - start);
    logOdds.set(output, start);
  }
  const overflown = logOdds.findIndex(Number.isNaN);
  if (overflown >= 0) throw new InputError(`The features of row ${overflown} are too large to predict from.`);
  return logOdds;
}

/** The terms of rows `start` … `end` − 1, by term. */
function termBlock(
  terms: readonly Term[],
  inputs: readonly Float64Array[],
  start: number,
  end: number,
): Float64Array[] {
  return terms.map((term) => {
    const column = new Float64Array(end - start);
    fillTerm(term, inputs[term.feature], start, end, column, 0);
    return column;
  });
}

/** What the last layer gives for each row, by unit. */
function feedForward(layers: readonly Layer[], terms: Float64Array[], rows: number): Float64Array[] {
  return layers.reduce((inputs, layer, depth) => {
    const sums = weightedSums(layer, inputs, rows);
    if (depth < layers.length - 1) for (const sum of sums) applyLogistic(sum);
    return sums;
  }, terms);
}

function weightedSums(
  { weights, biases }: Layer,
  inputs: readonly Float64Array[],
  rows: number,
): Float64Array[] {
  return weights.map((unit, k) => {
    const sums = new Float64Array(rows).fill(biases[k]);
    unit.forEach((weight, j) => {
      const input = inputs[j];
      for (let i = 0; i < rows; i++) sums[i] += weight * input[i];
    });
    return sums;
  });
}

function applyLogistic(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = sigmoid(values[i]);
}
