import { describe, expect, it } from 'vitest';
import { denseForward } from '../../../src/models/network/dense.ts';
import { denseInputSlopes, denseWeightGradient } from '../../../src/models/network/dense-gradient.ts';
import { createRandom } from '../../../src/random.ts';

/** Sizes below, at and beyond the blocks of four. */
const sizes = [
  { rows: 1, inputs: 1, units: 1 },
  { rows: 3, inputs: 5, units: 2 },
  { rows: 4, inputs: 3, units: 4 },
  { rows: 9, inputs: 7, units: 6 },
  { rows: 8, inputs: 0, units: 5 },
  { rows: 0, inputs: 2, units: 4 },
];
/** Where the layer's parameters begin. */
const AT = 3;

function drawn(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.float() - 0.5);
}

describe.each(sizes)(
  'the kernels of $rows rows, $inputs inputs and $units units',
  ({ rows, inputs, units }) => {
    const parameters = drawn(AT + units * (inputs + 1), 1);
    const weight = (o: number, i: number) => parameters[AT + o * inputs + i];
    const input = drawn(rows * inputs, 2);
    const slopes = drawn(rows * units, 3);

    it('give the sums in the order of the inputs, bit for bit', () => {
      const output = new Float64Array(rows * units);
      denseForward(input, rows, inputs, parameters, AT, units, output);
      for (let b = 0; b < rows; b++) {
        for (let o = 0; o < units; o++) {
          let sum = parameters[AT + units * inputs + o];
          for (let i = 0; i < inputs; i++) sum += weight(o, i) * input[b * inputs + i];
          expect(output[b * units + o]).toBe(sum);
        }
      }
    });

    it('add the gradients of weights and biases', () => {
      const gradient = new Float64Array(parameters.length).fill(1);
      denseWeightGradient(input, rows, inputs, slopes, units, gradient, AT);
      expect(gradient.subarray(0, AT)).toEqual(new Float64Array(AT).fill(1));
      for (let o = 0; o < units; o++) {
        let ofBias = 1;
        for (let b = 0; b < rows; b++) ofBias += slopes[b * units + o];
        expect(gradient[AT + units * inputs + o]).toBeCloseTo(ofBias, 13);
        for (let i = 0; i < inputs; i++) {
          let sum = 1;
          for (let b = 0; b < rows; b++) sum += slopes[b * units + o] * input[b * inputs + i];
          expect(gradient[AT + o * inputs + i]).toBeCloseTo(sum, 13);
        }
      }
    });

    it('give the slopes of the inputs', () => {
      const below = new Float64Array(rows * inputs).fill(9);
      denseInputSlopes(slopes, rows, units, parameters, AT, inputs, below);
      for (let b = 0; b < rows; b++) {
        for (let i = 0; i < inputs; i++) {
          let sum = 0;
          for (let o = 0; o < units; o++) sum += slopes[b * units + o] * weight(o, i);
          expect(below[b * inputs + i]).toBeCloseTo(sum, 13);
        }
      }
    });
  },
);
