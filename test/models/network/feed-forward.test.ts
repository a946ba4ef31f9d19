import { describe, expect, it } from 'vitest';
import { Adam } from '../../../src/models/network/adam.ts';
import { FeedForward, parameterCount } from '../../../src/models/network/feed-forward.ts';
import { layersOf, networkOf } from '../../../src/models/network/layers.ts';
import { createRandom } from '../../../src/random.ts';
import reference from '../../fixtures/reference/neural-networks.json' with { type: 'json' };

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Two places of three values each, then both places together, then the output. */
const shapes = [
  { positions: 2, inputs: 3, units: 5 },
  { positions: 1, inputs: 10, units: 4 },
  { positions: 1, inputs: 4, units: 1 },
];
const ROWS = 3;

function drawn(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => 2 * random.float() - 1);
}

describe.each(['logistic', 'silu'] as const)('a network of %s units', (activation) => {
  const parameters = drawn(parameterCount(shapes), 1);
  const input = drawn(ROWS * 6, 2);
  const slopes = Float64Array.of(0.7, -0.2, 1.1);
  const network = new FeedForward(shapes, parameters, activation, ROWS);
  /** What `backward` differentiates, with the same units silenced every time. */
  const objective = (dropout: number): number => {
    const outputs = network.forward(input, ROWS, { share: dropout, random: createRandom(9) });
    return outputs.reduce((sum, output, b) => sum + slopes[b] * output, 0);
  };

  it.each([0, 0.4])('has the gradients that finite differences have, with dropout of %d', (dropout) => {
    const difference = (values: Float64Array, k: number): number => {
      const step = 1e-6;
      const value = values[k];
      values[k] = value + step;
      const above = objective(dropout);
      values[k] = value - step;
      const below = objective(dropout);
      values[k] = value;
      return (above - below) / (2 * step);
    };
    objective(dropout);
    const gradient = new Float64Array(parameters.length);
    const inputSlopes = new Float64Array(input.length);
    network.backward(slopes, gradient, inputSlopes);
    gradient.forEach((slope, k) => {
      expect(slope).toBeCloseTo(difference(parameters, k), 8);
    });
    inputSlopes.forEach((slope, k) => {
      expect(slope).toBeCloseTo(difference(input, k), 8);
    });
  });

  it('gives what its layers say, the first one at both places', () => {
    const [first, second, last] = layersOf(shapes, parameters);
    const act = (x: number) => (activation === 'silu' ? x * sigmoid(x) : sigmoid(x));
    const layer = ({ weights, biases }: typeof first, x: readonly number[]) =>
      weights.map((unit, o) => unit.reduce((sum, w, i) => sum + w * x[i], biases[o]));
    network.forward(input, ROWS).forEach((output, b) => {
      const places = [0, 3].map((at) => [...input.subarray(b * 6 + at, b * 6 + at + 3)]);
      const hidden = places.flatMap((place) => layer(first, place).map(act));
      expect(output).toBeCloseTo(layer(last, layer(second, hidden).map(act))[0], 12);
    });
  });
});

describe('dropout', () => {
  it('silences about its share and scales up the others', () => {
    const wide = [
      { positions: 1, inputs: 1, units: 4000 },
      { positions: 1, inputs: 4000, units: 1 },
    ];
    const parameters = new Float64Array(parameterCount(wide));
    // All hidden units give σ(0) = ½; the output adds them up.
    parameters.fill(1, 8000, 12_000);
    const network = new FeedForward(wide, parameters, 'logistic', 1);
    const input = new Float64Array(1);
    expect(network.forward(input, 1)[0]).toBe(2000);
    const [sum] = network.forward(input, 1, { share: 0.75, random: createRandom(3) });
    const kept = sum / 2;
    expect(Number.isInteger(kept)).toBe(true);
    expect(Math.abs(kept - 1000)).toBeLessThan(110);
  });
});

describe('Adam', () => {
  it('goes the way that scikit-learn goes from the same weights', () => {
    const { before, after, labels, steps, learningRate } = reference;
    const { shapes, parameters } = networkOf(before.layers);
    const rows = labels.length;
    const input = Float64Array.from(reference.rows.flat());
    const network = new FeedForward(shapes, parameters, 'logistic', rows);
    const adam = new Adam(parameters.length);
    network.forward(input, rows).forEach((logOdds, i) => {
      expect(sigmoid(logOdds)).toBeCloseTo(before.probabilities[i], 12);
    });
    for (let step = 0; step < steps; step++) {
      const slopes = network.forward(input, rows).map((logOdds, i) => (sigmoid(logOdds) - labels[i]) / rows);
      const gradient = new Float64Array(parameters.length);
      network.backward(slopes, gradient);
      adam.step(parameters, gradient, learningRate, 0, new Uint8Array(parameters.length));
    }
    const expected = networkOf(after.layers).parameters;
    parameters.forEach((parameter, k) => {
      expect(parameter).toBeCloseTo(expected[k], 8);
    });
    network.forward(input, rows).forEach((logOdds, i) => {
      expect(sigmoid(logOdds)).toBeCloseTo(after.probabilities[i], 8);
    });
  });

  it('shrinks what decays by the rate times the decay, beside the step', () => {
    const adam = new Adam(2);
    const parameters = Float64Array.of(2, 2);
    adam.step(parameters, new Float64Array(2), 0.1, 0.5, Uint8Array.of(1, 0));
    expect(parameters).toEqual(Float64Array.of(2 - 0.1 * 0.5 * 2, 2));
  });
});
