import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, sigmoid } from '../../src/models/exponential.ts';

describe('exp', () => {
  it('is within four units in the last place of the true value', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        const expected = Math.exp(x);
        expect(Math.abs(exp(x) - expected)).toBeLessThanOrEqual(5 * 2 ** -52 * expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact at zero', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
  });

  it.each([
    [-709, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [710, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, expected) => {
    expect(exp(x)).toBe(expected);
  });
});

describe('sigmoid', () => {
  it('maps log-odds to probabilities', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 15);
    expect(sigmoid(-1000)).toBe(0);
    expect(sigmoid(1000)).toBe(1);
  });
});
