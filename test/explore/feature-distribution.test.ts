import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaWithInterval } from '../../src/explore/area-interval.ts';
import { describeFeature, quantileShares } from '../../src/explore/feature-distribution.ts';
import { histogram } from '../../src/explore/histogram.ts';

const numbers = (...values: number[]) => Float64Array.from(values);

describe('the area of one feature', () => {
  test('and its interval are DeLong’s', () => {
    // The placement values' variances by numpy, limits on the scale of the logit.
    const { value, low, high } = areaWithInterval(numbers(1, 3, 3, 7, 9), numbers(0, 1, 2, 3, 3, 4, 8));
    expect(value).toBeCloseTo(0.6428571428571429, 14);
    expect(low).toBeCloseTo(0.2923293496251572, 14);
    expect(high).toBeCloseTo(0.886921183660557, 14);
  });

  test('has no interval where the outcomes do not overlap, or one of them has a single user', () => {
    const none = { low: Number.NaN, high: Number.NaN };
    expect(areaWithInterval(numbers(5, 6), numbers(1, 2, 3))).toEqual({ value: 1, ...none });
    expect(areaWithInterval(numbers(2), numbers(1, 2, 3))).toEqual({ value: 0.5, ...none });
    expect(areaWithInterval(numbers(1, 1), numbers(1, 1))).toEqual({ value: 0.5, ...none });
    expect(areaWithInterval(numbers(), numbers(1, 2))).toEqual({ value: Number.NaN, ...none });
  });

  test('is that of counting pairs', () => {
    const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (lost, stayed) => {
        const wins = lost.flatMap((a) => stayed.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const share = wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
        const sorted = (list: number[]) => Float64Array.from(list).sort();
        expect(areaWithInterval(sorted(lost), sorted(stayed)).value).toBeCloseTo(share, 12);
      }),
      { seed: 3 },
    );
  });
});

describe('the histogram of one feature', () => {
  test('of whole numbers has a bin a number where they are few', () => {
    expect(histogram(numbers(0, 2, 2), numbers(1, 2, 3))).toEqual([
      { from: 0, to: 1, lost: 1, stayed: 0 },
      { from: 1, to: 2, lost: 0, stayed: 1 },
      { from: 2, to: 3, lost: 2, stayed: 1 },
      { from: 3, to: 4, lost: 0, stayed: 1 },
    ]);
  });

  test('has round edges, and what equals an edge is above it', () => {
    const tenths = Float64Array.from({ length: 13 }, (_, i) => i / 10);
    const bins = histogram(tenths, numbers());
    expect(bins.map(({ from }) => from)).toEqual([...tenths]);
    expect(bins.map(({ lost }) => lost)).toEqual(new Array(13).fill(1));
  });

  test('of one value has one bin, and of none has none', () => {
    expect(histogram(numbers(7.5), numbers(7.5))).toEqual([{ from: 7, to: 8, lost: 1, stayed: 1 }]);
    expect(histogram(numbers(), numbers())).toEqual([]);
  });

  test('counts everyone once, whatever the values', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 30 });
    fc.assert(
      fc.property(values, values, (lost, stayed) => {
        const sorted = (list: number[]) => Float64Array.from(list).sort();
        const bins = histogram(sorted(lost), sorted(stayed));
        const total = (outcome: 'lost' | 'stayed') => bins.reduce((sum, bin) => sum + bin[outcome], 0);
        if (bins.length > 0) expect([total('lost'), total('stayed')]).toEqual([lost.length, stayed.length]);
        expect(bins.length).toBeLessThan(50);
        for (const { from, to } of bins) expect(from).toBeLessThan(to);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

test('a feature is described by outcome, missing values counted and left out', () => {
  const values = numbers(16, Number.NaN, 1, 8, 4, 2, Number.NaN);
  const { lost, stayed, auc } = describeFeature('x', values, Uint8Array.from([0, 0, 0, 0, 0, 0, 1]));
  expect(auc.value).toBeNaN();
  expect(lost).toMatchObject({ known: 0, missing: 1, mean: Number.NaN });
  expect(stayed).toMatchObject({ known: 5, missing: 1, mean: 6.2 });
  // numpy.quantile
  const expected = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.4, 2.8, 3.2, 3.6, 4];
  expect(quantileShares).toHaveLength(21);
  stayed.quantiles.slice(0, 11).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 12);
  });
});
