import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AreaRule, thinCurve } from '../../src/evaluation/thinning.ts';

function area(x: Float64Array, y: Float64Array, rule: AreaRule, kept: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < kept.length; i++) {
    const [from, to] = [kept[i - 1], kept[i]];
    sum += (x[to] - x[from]) * (rule === 'step' ? y[to] : (y[from] + y[to]) / 2);
  }
  return sum;
}

describe('thinCurve', () => {
  it('keeps the ends, rising indices and the area of any curve', () => {
    const points = fc.array(fc.tuple(fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(
        points,
        fc.constantFrom<AreaRule>('trapezoid', 'step'),
        fc.integer({ min: 3, max: 40 }),
        (curve, rule, budget) => {
          const total = curve.reduce((sum, [width]) => sum + width, 1);
          let reached = 0;
          const x = Float64Array.from(curve, ([width]) => {
            reached += width;
            return reached / total;
          });
          const y = Float64Array.from(curve, ([, height]) => height);
          const kept = thinCurve(x, y, rule, { budget });
          expect(kept[0]).toBe(0);
          expect(kept.at(-1)).toBe(curve.length - 1);
          expect(kept.every((index, i) => i === 0 || index > kept[i - 1])).toBe(true);
          const whole = area(x, y, rule, Array.from(x.keys()));
          expect(Math.abs(area(x, y, rule, kept) - whole)).toBeLessThanOrEqual(1e-3 + 1e-12);
        },
      ),
    );
  });

  it('keeps every point of a curve within the budget', () => {
    expect(
      thinCurve(Float64Array.of(0, 0.5, 1), Float64Array.of(0, 1, 1), 'trapezoid', { budget: 3 }),
    ).toEqual([0, 1, 2]);
  });

  it('keeps within the budget what it can', () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i / 9999);
    const kept = thinCurve(x, x.map(Math.sqrt), 'trapezoid', { budget: 50 });
    expect(kept.length).toBeLessThanOrEqual(50);
    expect(kept.length).toBeGreaterThan(40);
  });

  it('goes beyond the budget where the area asks for it', () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => i / 399);
    const saw = x.map((_, i) => i % 2);
    expect(thinCurve(x, saw, 'trapezoid', { budget: 3, tolerance: 0 }).length).toBeGreaterThan(3);
  });
});
