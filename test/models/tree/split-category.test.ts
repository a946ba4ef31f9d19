import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitRule, SplitSearch } from '../../../src/models/tree/split.ts';
import { scanCategory } from '../../../src/models/tree/split-category.ts';

const countUnit = 2 ** 20;
const free = { minRows: 1, minGroupRows: 1, maxLevels: 255, smoothing: 0, l2: 0 };
const rule: SplitRule = { minSamplesLeaf: 1, minHessian: 1, l2: 0, countUnit, category: free };

/** By bin: rows, gradient, second derivative; the first is of missing values. */
type Level = readonly [rows: number, g: number, h: number];

function scan(levels: readonly Level[], category = free): SplitSearch {
  const histogram = Float64Array.from(levels.flatMap(([rows, g, h]) => [g, rows * countUnit + h]));
  const node = { g: 0, v: 0 };
  for (let k = 0; k < histogram.length; k += 2) {
    node.g += histogram[k];
    node.v += histogram[k + 1];
  }
  const search = new SplitSearch(-1, 1);
  scanCategory(search, { ...rule, category }, node, histogram, 0, levels.length, 4);
  return search;
}

const score = (levels: readonly Level[], isLeft: (bin: number) => boolean): number | undefined => {
  const sides = [true, false].map((left) => levels.filter((_, bin) => isLeft(bin) === left));
  const sums = sides.map((side) => [0, 1, 2].map((k) => side.reduce((sum, level) => sum + level[k], 0)));
  return sums.some(([rows]) => rows === 0) ? undefined : sums.reduce((sum, [, g, h]) => sum + g ** 2 / h, 0);
};

const level = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 30 }))
  .map(([rows, g, h]): Level => (rows === 0 ? [0, 0, 0] : [rows, g, h]));

describe('scanCategory', () => {
  it('finds the best of all sets of levels, when nothing smooths them', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 7 }), (levels) => {
        let best: number | undefined;
        for (let set = 0; set < 2 ** levels.length; set++) {
          const own = score(levels, (bin) => ((set >>> bin) & 1) === 1);
          if (own !== undefined && (best === undefined || own > best)) best = own;
        }
        const found = scan(levels);
        expect(found.feature).toBe(best === undefined ? -1 : 4);
        if (best === undefined) return;
        expect(found.numerator / found.denominator).toBeCloseTo(best, 8);
        expect(score(levels, (bin) => found.isLeft?.[bin] === 1)).toBeCloseTo(best, 8);
      }),
      { numRuns: 300 },
    );
  });

  it('tells the sums of the rows that go left, missing ones among them where they go', () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 9 }), (levels) => {
        const { feature, isLeft, leftG, leftV, missingLeft } = scan(levels);
        if (feature < 0 || !isLeft) return;
        const left = levels.filter((_, bin) => isLeft[bin] === 1);
        expect(leftG).toBe(left.reduce((sum, [, g]) => sum + g, 0));
        expect(leftV).toBe(left.reduce((sum, [rows, , h]) => sum + rows * countUnit + h, 0));
        expect(missingLeft).toBe(isLeft[0] === 1);
      }),
      { numRuns: 200 },
    );
  });

  const three: Level[] = [
    [0, 0, 0],
    [9, -9, 9],
    [5, 5, 5],
    [0, 0, 0],
  ];

  it('sends levels without rows with the larger side', () => {
    const found = scan(three);
    expect(found.isLeft?.[2]).toBe(1);
    expect(Array.from(found.isLeft?.subarray(0, 4) ?? [])).toEqual([0, 0, 1, 0]);
  });

  it('keeps groups of rows together, and to the most levels that it may tell', () => {
    expect(scan(three, { ...free, minGroupRows: 6 }).feature).toBe(-1);
    const four: Level[] = [[0, 0, 0], ...[-8, -7, 7, 8].map((g): Level => [4, g, 4])];
    const sizes = (found: SplitSearch) => found.isLeft?.reduce((sum, bin) => sum + bin, 0);
    expect(sizes(scan(four))).toBe(2);
    expect(sizes(scan(four, { ...free, maxLevels: 1 }))).toBe(1);
    expect(sizes(scan(four, { ...free, minGroupRows: 8 }))).toBe(2);
  });

  it('does not trust a level of few rows with a side of its own', () => {
    const rare: Level[] = [
      [0, 0, 0],
      [1, -30, 1],
      [50, -10, 50],
      [50, 10, 50],
    ];
    const companions = (found: SplitSearch) =>
      [2, 3].filter((bin) => found.isLeft?.[bin] === found.isLeft?.[1]);
    expect(companions(scan(rare))).toEqual([]);
    expect(companions(scan(rare, { ...free, minRows: 2, minGroupRows: 2 }))).toHaveLength(1);
  });
});
