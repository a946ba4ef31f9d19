import { describe, expect, it } from 'vitest';
import { countOf, gradientScales, hessianOf } from '../../../src/models/tree/gradients.ts';

describe('gradientScales', () => {
  it.each([1, 2, 1000, 100_000, 262_144, 5_000_000])('keeps sums over %d rows below 2^53', (rows) => {
    const scales = gradientScales(rows, 3, 0.75);
    expect(rows * (3 * scales.gradientScale + 0.5)).toBeLessThanOrEqual(2 ** 53);
    expect(rows * (0.75 * scales.hessianScale + 0.5)).toBeLessThan(scales.countUnit);
    expect(rows * scales.countUnit + rows * (0.75 * scales.hessianScale + 0.5)).toBeLessThanOrEqual(2 ** 53);
  });

  it('packs count and second derivative so that both can be read from a sum', () => {
    const { countUnit } = gradientScales(1000, 1, 0.25);
    const sum = 700 * countUnit + 12_345;
    expect(countOf(sum, countUnit)).toBe(700);
    expect(hessianOf(sum, countUnit)).toBe(12_345);
  });
});
