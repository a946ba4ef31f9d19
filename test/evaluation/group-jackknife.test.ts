import { describe, expect, test } from 'vitest';
import { groupJackknife } from '../../src/evaluation/group-jackknife.ts';

describe('the delete-a-group jackknife', () => {
  // numpy, scipy.stats.t: v = (G-1)/G * ((e - e.mean())**2).sum(); e.mean() -+ t.ppf(.975, G-1) * v**.5
  test.each([
    [
      [0.31, 0.28, 0.45, 0.29, 0.37],
      [0.34, -0.011195613234033175, 0.6911956132340332],
    ],
    [
      Array.from({ length: 12 }, (_, i) => i ** 1.5 / 10),
      [1.4929598613555475, -7.147632285393096, 10.133552008104191],
    ],
  ])('has the interval that scipy gives, %#', (estimates, [value, low, high]) => {
    const found = groupJackknife(Float64Array.from(estimates));
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 3);
  });

  test('of means of equal groups it is the t interval of the groups’ means', () => {
    const means = [1, 4, 2, 9, 4];
    const without = means.map((mean) => (20 - mean) / 4);
    const { value, low, high } = groupJackknife(Float64Array.from(without));
    expect(value).toBeCloseTo(4, 12);
    // The standard error of the mean of five numbers whose variance is 9.5.
    expect((high - low) / 2).toBeCloseTo(2.7764451052 * Math.sqrt(9.5 / 5), 9);
  });

  test('has no limits where one group alone was left out', () => {
    expect(groupJackknife(Float64Array.of(3))).toEqual({ value: 3, low: Number.NaN, high: Number.NaN });
    expect(groupJackknife(new Float64Array(0)).value).toBeNaN();
  });

  test('has no width where every group says the same', () => {
    expect(groupJackknife(Float64Array.of(2, 2, 2))).toEqual({ value: 2, low: 2, high: 2 });
  });
});
