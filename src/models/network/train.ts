import { createRandom, hash32, type Random } from '../../random.ts';
import { rowWeights } from '../class-weight.ts';
import { sigmoid } from '../exponential.ts';
import { log } from '../logarithm.ts';
import type { Examples } from '../matrix.ts';
import type { Activation } from './activation.ts';
import { Adam } from './adam.ts';
import { FeedForward, type LayerShape, parameterCount } from './feed-forward.ts';
import { holdOutUsers } from './holdout.ts';
import { initialParameters } from './initial-parameters.ts';
import type { TrainingSettings } from './settings.ts';

/** What a network is fed with. */
export interface NetworkInput {
  /** Values a row. */
  readonly width: number;
  /** First values of the parameters that the input itself learns, such as embeddings; they follow the network's. */
  readonly initial: (random: Random) => Float64Array;
  /** Writes the values of some rows, row-major. @param own the input's parameters. */
  readonly fill: (rows: Int32Array, own: Float64Array, out: Float64Array) => void;
  /** Adds what slopes of the values mean for the input's parameters; absent where it learns none. */
  readonly addGradient?: (rows: Int32Array, slopes: Float64Array, gradient: Float64Array) => void;
}

/**
 * Trains a network by mini-batches of log loss, and gives the parameters of the epoch with the least log loss on held-out users:
 * the network's, then the input's own.
 */
export function trainNetwork(
  shapes: readonly LayerShape[],
  activation: Activation,
  input: NetworkInput,
  examples: Pick<Examples, 'labels' | 'groups' | 'weights'>,
  settings: TrainingSettings,
  seed: number,
): Float64Array {
  const { trainRows, validationRows } = holdOutUsers(examples, settings.validationShare, seed);
  const random = createRandom(hash32('network', seed));
  const weights = withMeanOne(rowWeights(examples, settings.classWeight));
  const parameters = Float64Array.from([
    ...initialParameters(shapes, examples.labels, weights, random),
    ...input.initial(random),
  ]);
  const trainer = new Trainer(shapes, activation, input, parameters, examples.labels, weights, settings);
  let best = parameters.slice();
  let least = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (let epoch = 0; epoch < settings.epochs && waited < settings.patience; epoch++) {
    trainer.runEpoch(random.shuffle(trainRows.slice()), epoch, random);
    if (validationRows.length === 0) {
      best = parameters;
      continue;
    }
    const loss = trainer.meanLoss(validationRows);
    waited++;
    if (loss >= least) continue;
    least = loss;
    best = parameters.slice();
    waited = 0;
  }
  return best;
}

class Trainer {
  readonly #network: FeedForward;
  readonly #own: Float64Array;
  readonly #ownGradient: Float64Array;
  readonly #gradient: Float64Array;
  readonly #decays: Uint8Array;
  readonly #adam: Adam;
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  readonly #inputSlopes: Float64Array | undefined;
  readonly #input: NetworkInput;
  readonly #parameters: Float64Array;
  readonly #labels: Uint8Array;
  readonly #weights: Float64Array;
  readonly #settings: TrainingSettings;

  constructor(
    shapes: readonly LayerShape[],
    activation: Activation,
    input: NetworkInput,
    parameters: Float64Array,
    labels: Uint8Array,
    weights: Float64Array,
    settings: TrainingSettings,
  ) {
    const count = parameterCount(shapes);
    const { batchSize } = settings;
    this.#network = new FeedForward(shapes, parameters, activation, batchSize);
    this.#gradient = new Float64Array(parameters.length);
    this.#own = parameters.subarray(count);
    this.#ownGradient = this.#gradient.subarray(count);
    this.#decays = decaysOf(shapes, parameters.length);
    this.#adam = new Adam(parameters.length);
    this.#values = new Float64Array(batchSize * input.width);
    this.#slopes = new Float64Array(batchSize);
    this.#inputSlopes = input.addGradient && new Float64Array(batchSize * input.width);
    this.#input = input;
    this.#parameters = parameters;
    this.#labels = labels;
    this.#weights = weights;
    this.#settings = settings;
  }

  /** One pass over the rows, in their order. */
  runEpoch(rows: Int32Array, epoch: number, random: Random): void {
    const { batchSize, epochs, dropout, learningRate, weightDecay } = this.#settings;
    const batches = Math.ceil(rows.length / batchSize);
    for (let batch = 0; batch < batches; batch++) {
      const some = rows.subarray(batch * batchSize, (batch + 1) * batchSize);
      const logOdds = this.#forward(some, { share: dropout, random });
      this.#gradient.fill(0);
      for (let i = 0; i < some.length; i++) {
        const row = some[i];
        this.#slopes[i] = (this.#weights[row] * (sigmoid(logOdds[i]) - this.#labels[row])) / some.length;
      }
      this.#network.backward(this.#slopes, this.#gradient, this.#inputSlopes);
      if (this.#inputSlopes) this.#input.addGradient?.(some, this.#inputSlopes, this.#ownGradient);
      const rate = learningRate * (1 - (epoch + batch / batches) / epochs);
      this.#adam.step(this.#parameters, this.#gradient, rate, weightDecay, this.#decays);
    }
  }

  /** Mean weighted log loss of the rows. */
  meanLoss(rows: Int32Array): number {
    const { batchSize } = this.#settings;
    let sum = 0;
    for (let start = 0; start < rows.length; start += batchSize) {
      const some = rows.subarray(start, start + batchSize);
      const logOdds = this.#forward(some);
      for (let i = 0; i < some.length; i++) {
        const row = some[i];
        sum += this.#weights[row] * logLoss(this.#labels[row] === 1 ? logOdds[i] : -logOdds[i]);
      }
    }
    return sum / rows.length;
  }

  #forward(rows: Int32Array, dropout?: { share: number; random: Random }): Float64Array {
    this.#input.fill(rows, this.#own, this.#values);
    return this.#network.forward(this.#values, rows.length, dropout);
  }
}

/** Weights of any size with steps of one size. */
function withMeanOne(weights: Float64Array): Float64Array {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

/** −log of the probability of what happened, by its log-odds; without overflow. */
function logLoss(logOdds: number): number {
  const p = sigmoid(logOdds);
  return p > 0 ? -log(p) : -logOdds;
}

/** 1 for weights of the network, 0 for its biases and what the input learns. */
function decaysOf(shapes: readonly LayerShape[], length: number): Uint8Array {
  const decays = new Uint8Array(length);
  let at = 0;
  for (const { inputs, units } of shapes) {
    decays.fill(1, at, at + inputs * units);
    at += units * (inputs + 1);
  }
  return decays;
}
