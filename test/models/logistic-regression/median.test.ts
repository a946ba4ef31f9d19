import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, weightedMedian } from '../../../src/models/logistic-regression/median.ts';

describe('median', () => {
  it.each([
    [[3], 3],
    [[4, 1], 2.5],
    [[5, 1, 9], 5],
    [[2, 2, 2, 2], 2],
    [[1.7e308, 1.7e308], 1.7e308],
  ])('of %j is %d', (values, expected) => {
    expect(median(Float64Array.from(values))).toBe(expected);
  });

  it('does not mind sorted, falling or organ-pipe order', () => {
    const rising = Float64Array.from({ length: 10_001 }, (_, i) => i);
    expect(median(rising.slice())).toBe(5000);
    expect(median(rising.toReversed())).toBe(5000);
    expect(median(rising.map((i) => Math.min(i, 10_000 - i)))).toBe(2500);
  });

  it('is the middle of the sorted values', () => {
    const values = fc.array(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(values, (xs) => {
        const sorted = [...xs].sort((a, b) => a - b);
        const half = xs.length >> 1;
        const expected = xs.length % 2 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
        expect(median(Float64Array.from(xs)) + 0).toBe(expected + 0);
      }),
    );
  });
});

describe('weightedMedian', () => {
  it.each([
    [[1, 2, 3], [1, 1, 1], 2],
    [[1, 2, 3, 4], [1, 1, 1, 1], 2.5],
    [[4, 1, 9], [1, 5, 1], 1],
    [[1, 9], [2, 2], 5],
    [[7, Number.NaN, 3], [1, 50, 0], 7],
    [[5, 5, 5, 8], [1, 1, 1, 3], 6.5],
  ])('of %j that weigh %j is %d', (values, weights, expected) => {
    expect(weightedMedian(Float64Array.from(values), Float64Array.from(weights))).toBe(expected);
  });

  it('of whole weights is the median of a list in which each stands so often', () => {
    const items = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.nat(3)), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(items, (pairs) => {
        const listed = pairs.flatMap(([value, times]) => new Array<number>(times).fill(value));
        fc.pre(listed.length > 0);
        const found = weightedMedian(
          Float64Array.from(pairs, ([value]) => value),
          Float64Array.from(pairs, ([, times]) => times),
        );
        expect(found + 0).toBe(median(Float64Array.from(listed)) + 0);
      }),
    );
  });
});
