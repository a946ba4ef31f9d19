import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drift } from '../../src/evaluation/drift.ts';

const round = (value: number) => Math.round(value * 100) / 100;
const first = Float64Array.from({ length: 40 }, (_, k) => round(10 * Math.sin((k + 1) * 1.7) + (k + 1) / 4));
const second = Float64Array.from({ length: 30 }, (_, k) =>
  round(9 * Math.sin((k + 1) * 1.3) + (k + 1) / 3 + 3),
);

describe('drift', () => {
  // scipy.stats.ks_2samp(first, second).statistic; the index by numpy over the same tenths; scipy.stats.chi2.sf(psi / (1/40 + 1/30), 9).
  test('is what scipy and numpy say', () => {
    const { psi, chance, ks } = drift(first, second);
    expect(ks).toBeCloseTo(0.24166666666666667, 12);
    expect(psi).toBeCloseTo(0.6454803370562081, 12);
    expect(chance).toBeCloseTo(0.27125427886755793, 10);
  });

  test('is none from a sample to itself', () => {
    expect(drift(first, first)).toEqual({ psi: 0, chance: 1, ks: 0 });
  });

  test('sees values that went missing, of which the distance knows nothing', () => {
    const { psi, chance, ks } = drift(
      Float64Array.from({ length: 100 }, () => 1),
      Float64Array.from({ length: 100 }, (_, k) => (k < 50 ? 1 : Number.NaN)),
    );
    // Halves against all and half a row: (0.5 − 1) ln 0.5 + (0.5 − 0.005) ln 100.
    expect(psi).toBeCloseTo(0.5 * Math.log(2) + 0.495 * Math.log(100), 12);
    expect(chance).toBeLessThan(1e-9);
    expect(ks).toBe(0);
  });

  test('is unknown of an empty sample, and none where all is missing in both', () => {
    expect(drift(new Float64Array(0), first)).toEqual({
      psi: Number.NaN,
      chance: Number.NaN,
      ks: Number.NaN,
    });
    const missing = Float64Array.of(Number.NaN, Number.NaN);
    expect(drift(missing, missing)).toEqual({ psi: 0, chance: 1, ks: Number.NaN });
  });

  test('is never below 0 and keeps its distance within 1, whatever the samples', () => {
    const sample = fc
      .array(fc.constantFrom(0, 1, 2.5, -3, 1e300, Number.NaN), { minLength: 1, maxLength: 30 })
      .map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const { psi, chance, ks } = drift(a, b);
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(chance >= 0 && chance <= 1).toBe(true);
        expect(Number.isNaN(ks) || (ks >= 0 && ks <= 1)).toBe(true);
        expect(drift(b, a).ks).toEqual(ks);
      }),
      { seed: 4 },
    );
  });
});
