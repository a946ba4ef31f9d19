import type { Random } from '../../random.ts';
import { type Activation, activate, multiplyByDerivative } from './activation.ts';
import { denseForward } from './dense.ts';
import { denseInputSlopes, denseWeightGradient } from './dense-gradient.ts';

/**
 * A layer that stands at `positions` places of an example and has the same weights at each: unit o at place t sees the
 * `inputs` values [t · inputs, (t + 1) · inputs) of the layer below. A dense layer has one place.
 */
export interface LayerShape {
  readonly positions: number;
  readonly inputs: number;
  readonly units: number;
}

/** Weights and biases of all layers in one array: a layer's weights by unit, its biases, then the next layer's. */
export function parameterCount(shapes: readonly LayerShape[]): number {
  return shapes.reduce((sum, { inputs, units }) => sum + units * (inputs + 1), 0);
}

/**
 * Runs batches through a network forwards and backwards. Hidden units have the activation; the one unit of the last layer is
 * linear. It holds the memory of one batch, so what a method gives lasts until the next call.
 */
export class FeedForward {
  readonly #shapes: readonly LayerShape[];
  readonly #offsets: readonly number[];
  readonly #activation: Activation;
  readonly #parameters: Float64Array;
  readonly #sums: readonly Float64Array[];
  readonly #outputs: readonly Float64Array[];
  readonly #slopes: readonly Float64Array[];
  readonly #kept: readonly Float64Array[];
  #input: Float64Array = new Float64Array(0);
  #rows = 0;
  #dropped = false;

  /** @param capacity the most rows of a batch. */
  constructor(
    shapes: readonly LayerShape[],
    parameters: Float64Array,
    activation: Activation,
    capacity: number,
  ) {
    const room = () => shapes.map(({ positions, units }) => new Float64Array(capacity * positions * units));
    let at = 0;
    this.#offsets = shapes.map(({ inputs, units }) => {
      const offset = at;
      at += units * (inputs + 1);
      return offset;
    });
    this.#shapes = shapes;
    this.#activation = activation;
    this.#parameters = parameters;
    this.#sums = room();
    this.#outputs = room();
    this.#slopes = room();
    this.#kept = room();
  }

  /**
   * The log-odds of a batch.
   * @param input row-major; kept until `backward` is done.
   * @param dropout share of hidden outputs to silence, the others being scaled up (Srivastava et al. 2014), and what
   * draws them.
   */
  forward(input: Float64Array, rows: number, dropout?: { share: number; random: Random }): Float64Array {
    this.#input = input;
    this.#rows = rows;
    this.#dropped = dropout !== undefined && dropout.share > 0;
    const last = this.#shapes.length - 1;
    let below = input;
    this.#shapes.forEach(({ positions, inputs, units }, depth) => {
      const sums = this.#sums[depth];
      const places = rows * positions;
      denseForward(below, places, inputs, this.#parameters, this.#offsets[depth], units, sums);
      below = sums;
      if (depth === last) return;
      below = this.#outputs[depth];
      activate(this.#activation, sums, places * units, below);
      if (dropout !== undefined && this.#dropped) {
        drop(below, places * units, dropout.share, dropout.random, this.#kept[depth]);
      }
    });
    return below.subarray(0, rows);
  }

  /**
   * Takes slopes of the log-odds of the last batch backwards.
   * @param outputSlopes by row.
   * @param gradient what they mean for the parameters is added here.
   * @param inputSlopes what they mean for the input is written here.
   */
  backward(outputSlopes: Float64Array, gradient?: Float64Array, inputSlopes?: Float64Array): void {
    const rows = this.#rows;
    let slopes = outputSlopes;
    for (let depth = this.#shapes.length - 1; depth >= 0; depth--) {
      const { positions, inputs, units } = this.#shapes[depth];
      const places = rows * positions;
      const at = this.#offsets[depth];
      if (gradient) {
        const below = depth === 0 ? this.#input : this.#outputs[depth - 1];
        denseWeightGradient(below, places, inputs, slopes, units, gradient, at);
      }
      const target = depth === 0 ? inputSlopes : this.#slopes[depth - 1];
      if (!target) return;
      denseInputSlopes(slopes, places, units, this.#parameters, at, inputs, target);
      if (depth === 0) return;
      const count = places * inputs;
      if (this.#dropped) multiply(target, this.#kept[depth - 1], count);
      multiplyByDerivative(this.#activation, this.#sums[depth - 1], count, target);
      slopes = target;
    }
  }
}

function drop(values: Float64Array, count: number, share: number, random: Random, kept: Float64Array): void {
  const scale = 1 / (1 - share);
  const limit = share * 2 ** 32;
  for (let k = 0; k < count; k++) {
    const factor = random.uint32() < limit ? 0 : scale;
    kept[k] = factor;
    values[k] *= factor;
  }
}

function multiply(values: Float64Array, factors: Float64Array, count: number): void {
  for (let k = 0; k < count; k++) values[k] *= factors[k];
}
