import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { interactions } from '../../src/explanation/interactions.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import { matrixOf } from '../models/synthetic.ts';

/** All combinations of three numbers from −1 to 1, so that means are exact. */
const values = [-1, 0, 1];
const cube = values.flatMap((a) => values.flatMap((b) => values.map((c) => [a, b, c])));
const matrix = matrixOf({ a: cube.map(([a]) => a), b: cube.map(([, b]) => b), c: cube.map(([, , c]) => c) });
const fn = (f: (a: number, b: number, c: number) => number) => (given: Matrix) =>
  Float64Array.from({ length: given.rows }, (_, i) =>
    f(given.columns[0][i], given.columns[1][i], given.columns[2][i]),
  );

describe('interactions', () => {
  it('are none in a sum, and all there is in a product', () => {
    for (const { share, strength } of interactions(
      fn((a, b, c) => a + 2 * b - c),
      matrix,
      ['a', 'b', 'c'],
    )) {
      expect(share).toBeCloseTo(0, 14);
      expect(strength).toBeCloseTo(0, 14);
    }
    const [strongest, ...others] = interactions(
      fn((a, b) => a * b),
      matrix,
      ['a', 'b', 'c'],
    );
    expect(strongest).toMatchObject({ first: 'a', second: 'b' });
    expect(strongest.share).toBeCloseTo(1, 14);
    // The variance of a product of two that are −1, 0 or 1 alike is 4 / 9.
    expect(strongest.strength).toBeCloseTo(2 / 3, 14);
    for (const { share } of others) expect(share).toBe(0);
  });

  it('are the share of the variance that comes of both', () => {
    const [{ share }] = interactions(
      fn((a, b) => a + 3 * a * b),
      matrix,
      ['a', 'b'],
    );
    expect(share).toBeCloseTo(4 / (4 + 2 / 3), 12);
  });

  it('are the same whatever the order of the names, and none of one feature', () => {
    const product = fn((a, b, c) => a * b + 0.5 * b * c);
    const strengths = interactions(product, matrix, ['a', 'b', 'c']).map(({ strength }) => strength);
    const turned = interactions(product, matrix, ['c', 'b', 'a']).map(({ strength }) => strength);
    turned.forEach((strength, k) => {
      expect(strength).toBeCloseTo(strengths[k], 14);
    });
    expect(interactions(product, matrix, ['a'])).toEqual([]);
    expect(() => interactions(product, matrix, ['a', 'q'])).toThrow(InputError);
  });
});
