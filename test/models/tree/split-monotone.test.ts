import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitRule, SplitSearch } from '../../../src/models/tree/split.ts';
import { type Direction, scanMonotone, UNBOUNDED } from '../../../src/models/tree/split-monotone.ts';
import { scanFeature } from './scan-feature.ts';

const countUnit = 2 ** 20;
const category = { minRows: 1, minGroupRows: 1, maxLevels: 255, smoothing: 0, l2: 0 };
const rule: SplitRule = { minSamplesLeaf: 1, minHessian: 1, l2: 3, countUnit, category };

type Bin = readonly [rows: number, g: number, h: number];
const bin = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 30 }))
  .map(([rows, g, h]): Bin => (rows === 0 ? [0, 0, 0] : [rows, g, h]));

function nodeOf(bins: readonly Bin[]) {
  const histogram = Float64Array.from(bins.flatMap(([rows, g, h]) => [g, rows * countUnit + h]));
  const sum = (k: 1 | 2) => bins.reduce((total, one) => total + one[k], 0);
  const rows = bins.reduce((total, [count]) => total + count, 0);
  return { histogram, node: { g: sum(1), v: rows * countUnit + sum(2) } };
}

/** The best loss of two leaves that keep to bounds and direction, over every cut and side of missing values. */
function naive(bins: readonly Bin[], direction: Direction, low: number, high: number): number | undefined {
  let best: number | undefined;
  for (const missingLeft of [false, true]) {
    for (let cut = 1; cut < bins.length; cut++) {
      const sides = [true, false].map((left) =>
        bins.filter((_, b) => (b === 0 ? missingLeft : b <= cut) === left),
      );
      // Missing values alone may stand on the right, not on the left.
      const hasValues = bins.slice(1, cut + 1).some(([rows]) => rows > 0);
      if (!hasValues || sides[1].every(([rows]) => rows === 0)) continue;
      const [left, right] = sides.map((side) => {
        const g = side.reduce((sum, one) => sum + one[1], 0);
        const h = side.reduce((sum, one) => sum + one[2], 0) + rule.l2;
        const step = Math.min(Math.max(-g / h, low), high);
        return { step, score: -2 * g * step - h * step * step };
      });
      if (direction * (right.step - left.step) < 0) continue;
      if (best === undefined || left.score + right.score > best) best = left.score + right.score;
    }
  }
  return best;
}

describe('scanMonotone', () => {
  const bins = fc.array(bin, { minLength: 3, maxLength: 9 });

  it('finds the best split that keeps to the direction and the bounds', () => {
    const bounds = fc.tuple(
      fc.double({ min: -2, max: 0, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
    );
    fc.assert(
      fc.property(bins, fc.constantFrom<Direction>(-1, 0, 1), bounds, (levels, direction, [low, high]) => {
        const { histogram, node } = nodeOf(levels);
        const search = new SplitSearch(-1, 1);
        scanMonotone(
          search,
          rule,
          { ...node, bounds: { low, high } },
          histogram,
          0,
          levels.length - 1,
          4,
          direction,
        );
        const expected = naive(levels, direction, low, high);
        expect(search.feature).toBe(expected === undefined ? -1 : 4);
        if (expected !== undefined) expect(search.numerator).toBeCloseTo(expected, 8);
      }),
      { numRuns: 300 },
    );
  });

  it('is the plain scan without bounds and direction', () => {
    fc.assert(
      fc.property(bins, (levels) => {
        const { histogram, node } = nodeOf(levels);
        const [own, plain] = [new SplitSearch(-1, 1), new SplitSearch(-1, 1)];
        scanMonotone(own, rule, { ...node, bounds: UNBOUNDED }, histogram, 0, levels.length - 1, 4, 0);
        scanFeature(plain, rule, node, histogram, 0, 1, levels.length - 1, 4);
        expect(own.feature).toBe(plain.feature);
        if (own.feature >= 0) expect(own.numerator).toBeCloseTo(plain.numerator / plain.denominator, 8);
      }),
      { numRuns: 200 },
    );
  });
});
