import type { LogisticRegressionModel } from '../../src/models/logistic-regression/model.ts';
import type { MultilayerPerceptronModel } from '../../src/models/multilayer-perceptron/model.ts';
import { createRandom } from '../../src/random.ts';

/** A network with random weights on another model's terms, with hidden layers of the given sizes. */
export function perceptron(
  { features, terms }: Pick<LogisticRegressionModel, 'features' | 'terms'>,
  hidden: readonly number[],
  seed: number,
): MultilayerPerceptronModel {
  const random = createRandom(seed);
  const weight = () => (random.float() - 0.5) * 4;
  const sizes = [terms.length, ...hidden, 1];
  const layers = sizes.slice(1).map((units, k) => ({
    weights: Array.from({ length: units }, () => Array.from({ length: sizes[k] }, weight)),
    biases: Array.from({ length: units }, weight),
  }));
  return {
    kind: 'multilayer-perceptron',
    features,
    terms,
    clip: 'none',
    embeddings: [],
    activation: 'logistic',
    layers,
  };
}
