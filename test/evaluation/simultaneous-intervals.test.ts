import { describe, expect, it } from 'vitest';
import { simultaneousIntervals } from '../../src/evaluation/simultaneous-intervals.ts';
import { createRandom } from '../../src/random.ts';

/** Sums of uniforms: nearly normal, standard deviation 1. */
function normals(count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from(
    { length: count },
    () => Array.from({ length: 12 }, () => random.float()).reduce((sum, u) => sum + u, 0) - 6,
  );
}

describe('simultaneousIntervals', () => {
  it('of ten independent statistics is as wide as Šidák says, and of ten equal ones as wide as of one', () => {
    const values = new Array<number>(10).fill(0);
    const independent = values.map((_, i) => normals(4000, i));
    const equal = values.map(() => normals(4000, 1));
    // scipy.stats.norm.ppf((1 + 0.95 ** 0.1) / 2) is 2.7993; ppf(.975) is 1.96. Twelve uniforms have lighter tails.
    const [most] = simultaneousIntervals(values, independent);
    expect(most.high).toBeGreaterThan(2.6);
    expect(most.high).toBeLessThan(2.9);
    const [{ low, high }] = simultaneousIntervals(values, equal);
    expect(high).toBeGreaterThan(1.85);
    expect(high).toBeLessThan(2.05);
    expect(low).toBe(-high);
  });

  it('scales with each statistic and lies about its value', () => {
    const samples = normals(500, 4);
    const [one, two] = simultaneousIntervals([0, 5], [samples, samples.map((sample) => 5 + 10 * sample)]);
    expect(two.high - 5).toBeCloseTo(10 * one.high, 10);
    expect(two.value).toBe(5);
  });

  it('holds all statistics together in 95 % of its own samples', () => {
    const values = [0, 1, -2];
    const samples = values.map((value, i) => normals(1000, 20 + i).map((sample) => value + sample / (i + 1)));
    const intervals = simultaneousIntervals(values, samples);
    const inAll = Array.from({ length: 1000 }, (_, b) =>
      intervals.every(({ low, high }, i) => samples[i][b] >= low - 1e-12 && samples[i][b] <= high + 1e-12),
    );
    expect(inAll.filter(Boolean).length).toBe(950);
  });

  it('leaves out replicates that are undefined, and knows nothing where most are', () => {
    const samples = normals(100, 5);
    const few = samples.map((sample, b) => (b < 10 ? Number.NaN : sample));
    const most = samples.map((sample, b) => (b < 60 ? Number.NaN : sample));
    expect(simultaneousIntervals([0], [few])[0].high).toBeGreaterThan(1);
    expect(simultaneousIntervals([0], [most])[0].high).toBeNaN();
    expect(simultaneousIntervals([Number.NaN], [samples])[0].low).toBeNaN();
  });

  it('of a statistic that does not move is the value, and widens no other', () => {
    const samples = normals(200, 6);
    const [alone] = simultaneousIntervals([0], [samples]);
    const [beside, still] = simultaneousIntervals([0, 3], [samples, new Float64Array(200).fill(3)]);
    expect(beside).toEqual(alone);
    expect(still).toEqual({ value: 3, low: 3, high: 3 });
  });

  it('of nothing is nothing', () => {
    expect(simultaneousIntervals([], [])).toEqual([]);
  });
});
