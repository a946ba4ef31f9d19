import { z } from 'zod';
import type { Layer } from '../models/network/layers.ts';
import { fitModel } from './fit-model.ts';
import { clusterLearner } from './learner.ts';
import { vectorOf } from './values.ts';

const schema = z.strictObject({
  /** Units of each hidden layer. */
  hidden: z.array(z.int().min(1).max(1000)).min(1).max(5),
  /** Spark's perceptron has no penalty: stopping early is what keeps it from learning the training rows by heart. */
  maxIterations: z.int().min(1),
  tolerance: z.number().positive(),
});

/** Spark's perceptron with logistic hidden units. Spark gives it no class weights. */
export const sparkMultilayerPerceptron = clusterLearner({
  name: 'spark-mlp',
  title: 'Multilayer perceptron (Spark)',
  schema,
  defaults: { hidden: [8], maxIterations: 50, tolerance: 1e-6 },
  searchSpace: {
    hidden: { kind: 'choice', values: [[4], [8], [16]] },
    maxIterations: { kind: 'integer', low: 10, high: 200, scale: 'log' },
  },
  fit: (training, { hidden, maxIterations, tolerance }, { seed, signal }) => {
    const { session, features, terms } = training;
    const sizes = [terms.length, ...hidden, 2];
    const params = {
      layers: sizes.map((integer) => ({ integer })),
      maxIter: maxIterations,
      tol: tolerance,
      seed: BigInt(seed),
    };
    const dataset = training.dataset('standardised', 'none');
    return fitModel(session, 'MultilayerPerceptronClassifier', params, dataset, signal, async (model) => {
      const count = sizes.slice(1).reduce((sum, units, k) => sum + units * (sizes[k] + 1), 0);
      const weights = vectorOf(await session.ml.fetch(model, ['weights'], { signal }), count);
      return {
        kind: 'multilayer-perceptron',
        features,
        terms,
        clip: 'none',
        embeddings: [],
        activation: 'logistic',
        layers: oneOutput(layersOf(weights, sizes)),
      };
    });
  },
});

/** Spark's weights: for each layer those of its units by column, input after input, and then the biases. */
function layersOf(weights: readonly number[], sizes: readonly number[]): Layer[] {
  let at = 0;
  return sizes.slice(1).map((units, k) => {
    const inputs = sizes[k];
    const first = at;
    at += units * (inputs + 1);
    return {
      weights: Array.from({ length: units }, (_, unit) =>
        Array.from({ length: inputs }, (_, input) => weights[first + input * units + unit]),
      ),
      biases: weights.slice(first + units * inputs, at),
    };
  });
}

/** A softmax of two outputs is the logistic function of their difference. */
function oneOutput(layers: readonly Layer[]): Layer[] {
  const { weights, biases } = layers[layers.length - 1];
  const [ofStayed, ofLost] = weights;
  const difference = {
    weights: [ofLost.map((weight, j) => weight - ofStayed[j])],
    biases: [biases[1] - biases[0]],
  };
  return [...layers.slice(0, -1), difference];
}
