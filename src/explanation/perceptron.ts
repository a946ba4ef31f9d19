import type { Matrix } from '../models/matrix.ts';
import { fillInputs, inputWidth } from '../models/multilayer-perceptron/inputs.ts';
import type { MultilayerPerceptronModel } from '../models/multilayer-perceptron/model.ts';
import { FeedForward } from '../models/network/feed-forward.ts';
import { networkOf } from '../models/network/layers.ts';
import { inputsOf } from '../models/tree/inputs.ts';
import type { Attribution } from './attribution.ts';
import { integratedGradients, POINTS_AT_ONCE } from './integrated-gradients.ts';

/**
 * Integrated gradients of the log-odds along the line from the training mean, where every term is 0 and every category's level is
 * unknown, to the row. A missing-value indicator counts for its feature, and so does every number of a category's vector.
 */
export function attributePerceptron(model: MultilayerPerceptronModel, matrix: Matrix): Attribution {
  const inputs = inputsOf(model, matrix);
  const columns = inputs.map(() => new Float64Array(matrix.rows));
  const { shapes, parameters } = networkOf(model.layers);
  const network = new FeedForward(shapes, parameters, model.activation, POINTS_AT_ONCE);
  const features = featureOfInput(model);
  const base = baseOf(model);
  const row = new Float64Array(base.length);
  for (let i = 0; i < matrix.rows; i++) {
    fillInputs(model, inputs, Int32Array.of(i), row);
    integratedGradients(network, base, row).forEach((contribution, k) => {
      columns[features[k]][i] += contribution;
    });
  }
  return { unit: 'log-odds', base: network.forward(base, 1)[0], names: model.features, columns };
}

/** The feature that each input of the network is made of. */
function featureOfInput({ terms, embeddings }: MultilayerPerceptronModel): number[] {
  return [
    ...terms.map(({ feature }) => feature),
    ...embeddings.flatMap(({ feature, vectors }) => vectors[0].map(() => feature)),
  ];
}

function baseOf(model: MultilayerPerceptronModel): Float64Array {
  const base = new Float64Array(inputWidth(model));
  let at = model.terms.length;
  for (const { vectors } of model.embeddings) {
    base.set(vectors[vectors.length - 1], at);
    at += vectors[0].length;
  }
  return base;
}
