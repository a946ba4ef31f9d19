import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { log, log1p } from '../../src/models/logarithm.ts';

describe('log', () => {
  it('is the logarithm to the last places', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.abs(Math.log(x)));
      }),
    );
    for (const x of [1, 2, Math.E, 0.5, Math.SQRT2, Math.SQRT1_2, 1 + 2 ** -52, 1 - 2 ** -53, 2 ** -1074]) {
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.abs(Math.log(x)));
    }
  });

  it('takes zero, infinity, negative numbers and NaN as Math.log does', () => {
    expect([0, Number.POSITIVE_INFINITY, -1, Number.NaN].map(log)).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('log1p', () => {
  it('keeps the digits of small numbers', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(log1p(x) - Math.log1p(x))).toBeLessThanOrEqual(5e-16 * Math.log1p(x));
      }),
    );
    for (const x of [0, 1e-20, 1e-9, 1e-3, 1, 1000]) {
      expect(Math.abs(log1p(x) - Math.log1p(x))).toBeLessThanOrEqual(5e-16 * Math.log1p(x));
    }
  });
});
