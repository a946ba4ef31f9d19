import { sigmoid } from '../models/exponential.ts';
import { fillTerm } from '../models/logistic-regression/preparation.ts';
import { columnsFor, type Matrix } from '../models/matrix.ts';
import type { Layer, MultilayerPerceptronModel } from '../models/multilayer-perceptron/model.ts';
import type { Attribution } from './attribution.ts';
import { gaussLegendre } from './gauss-legendre.ts';

/** How far base + contributions may be from the prediction, in log-odds, for each unit of the change plus one. */
const TOLERANCE = 1e-10;

/** What rounding may add on one stretch, for each unit of the log-odds plus one. */
const ROUNDING = 1e-13;

/** A stretch is no shorter, and a row has no more of them: only units that are nearly steps would need it. */
const SHORTEST = 2 ** -40;
const MAX_STRETCHES = 4096;

const { nodes: NODES, weights: WEIGHTS } = gaussLegendre(12);

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017) of the log-odds along the line from the training mean, where
 * every term is 0, to the row; a missing-value indicator counts for its feature. The integral is taken by the
 * Gauss–Legendre rule on stretches that are halved until the contributions of each add up to the change of the
 * log-odds over it: to 1e-10 of one plus that change, save where rounding or nearly steplike units prevent it. Unlike Shapley values, the contributions depend on the path.
 */
export function attributePerceptron(model: MultilayerPerceptronModel, matrix: Matrix): Attribution {
  const inputs = columnsFor(model.features, matrix);
  const columns = inputs.map(() => new Float64Array(matrix.rows));
  const terms = model.terms.map((term) => {
    const values = new Float64Array(matrix.rows);
    fillTerm(term, inputs[term.feature], 0, matrix.rows, values, 0);
    return values;
  });
  const network = createNetwork(model.layers);
  const row = new Float64Array(terms.length);
  for (let i = 0; i < matrix.rows; i++) {
    for (let k = 0; k < row.length; k++) row[k] = terms[k][i];
    const gradient = meanGradient(network, row);
    model.terms.forEach(({ feature }, k) => {
      columns[feature][i] += row[k] * gradient[k];
    });
  }
  const base = network.logOdds(new Float64Array(terms.length));
  return { unit: 'log-odds', base, names: model.features, columns };
}

/** The mean of the gradient over the points t · row, t from 0 to 1. */
function meanGradient(network: Network, row: Float64Array): Float64Array {
  const total = new Float64Array(row.length);
  const stretch = new Float64Array(row.length);
  const point = new Float64Array(row.length);
  const at = (t: number): Float64Array => {
    for (let k = 0; k < row.length; k++) point[k] = t * row[k];
    return point;
  };
  let stretches = 0;
  const add = (from: number, to: number, before: number, after: number): void => {
    stretches++;
    stretch.fill(0);
    for (let q = 0; q < NODES.length; q++) {
      network.addGradient(at(from + (to - from) * NODES[q]), (to - from) * WEIGHTS[q], stretch);
    }
    let change = 0;
    for (let k = 0; k < row.length; k++) change += stretch[k] * row[k];
    const expected = after - before;
    const allowed =
      TOLERANCE * (1 + Math.abs(expected)) * (to - from) +
      ROUNDING * (1 + Math.abs(before) + Math.abs(after));
    const exhausted = to - from <= SHORTEST || stretches >= MAX_STRETCHES;
    if (exhausted || Math.abs(change - expected) <= allowed) {
      for (let k = 0; k < row.length; k++) total[k] += stretch[k];
      return;
    }
    const middle = (from + to) / 2;
    const between = network.logOdds(at(middle));
    add(from, middle, before, between);
    add(middle, to, between, after);
  };
  add(0, 1, network.logOdds(at(0)), network.logOdds(at(1)));
  return total;
}

interface Network {
  readonly logOdds: (terms: Float64Array) => number;
  /** Adds `factor` times the gradient of the log-odds by the terms. */
  readonly addGradient: (terms: Float64Array, factor: number, sum: Float64Array) => void;
}

/** The network for one row at a time, with room for what its units give. */
function createNetwork(layers: readonly Layer[]): Network {
  const outputs = layers.map(({ biases }) => new Float64Array(biases.length));
  const slopes = layers.map(({ biases }) => new Float64Array(biases.length));
  const logOdds = (row: Float64Array): number => {
    let input = row;
    layers.forEach((layer, depth) => {
      feedLayer(layer, input, outputs[depth], depth < layers.length - 1);
      input = outputs[depth];
    });
    return input[0];
  };
  const addGradient = (row: Float64Array, factor: number, sum: Float64Array): void => {
    logOdds(row);
    let slope = slopes[layers.length - 1].fill(factor);
    for (let depth = layers.length - 1; depth > 0; depth--) {
      const below = slopes[depth - 1].fill(0);
      addBackwards(layers[depth], slope, below);
      const output = outputs[depth - 1];
      for (let k = 0; k < below.length; k++) below[k] *= output[k] * (1 - output[k]);
      slope = below;
    }
    addBackwards(layers[0], slope, sum);
  };
  return { logOdds, addGradient };
}

function feedLayer(
  { weights, biases }: Layer,
  input: Float64Array,
  output: Float64Array,
  hidden: boolean,
): void {
  for (let k = 0; k < output.length; k++) {
    const unit = weights[k];
    let sum = biases[k];
    for (let j = 0; j < input.length; j++) sum += unit[j] * input[j];
    output[k] = hidden ? sigmoid(sum) : sum;
  }
}

/** Adds to `below` what the units' slopes mean for their inputs. */
function addBackwards({ weights }: Layer, slopes: Float64Array, below: Float64Array): void {
  for (let k = 0; k < slopes.length; k++) {
    const unit = weights[k];
    const slope = slopes[k];
    for (let j = 0; j < below.length; j++) below[j] += slope * unit[j];
  }
}
