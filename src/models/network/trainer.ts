import type { Random } from '../../random.ts';
import { sigmoid } from '../exponential.ts';
import { log } from '../logarithm.ts';
import { Adam } from './adam.ts';
import { FeedForward, type LayerShape, parameterCount } from './feed-forward.ts';
import type { NetworkInput, NetworkPlan } from './network-plan.ts';
import type { TrainingSettings } from './settings.ts';

/** By row. */
interface Outcomes {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** Moves a network's parameters, in place, and measures it. */
export class Trainer {
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
    { shapes, activation, input }: NetworkPlan,
    { labels, weights }: Outcomes,
    parameters: Float64Array,
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
