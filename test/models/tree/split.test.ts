import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitRule, SplitSearch } from '../../../src/models/tree/split.ts';
import { scanFeature } from './scan-feature.ts';

const countUnit = 2 ** 20;
const category = { minRows: 1, minGroupRows: 1, maxLevels: 255, smoothing: 0, l2: 0 };

/** Histogram of bins with [count, gradient, second derivative]; the first is of missing values. */
function histogramOf(bins: readonly (readonly [number, number, number])[]): Float64Array {
  return Float64Array.from(bins.flatMap(([count, g, h]) => [g, count * countUnit + h]));
}

function totals(histogram: Float64Array): { g: number; v: number } {
  let g = 0;
  let v = 0;
  for (let k = 0; k < histogram.length; k += 2) {
    g += histogram[k];
    v += histogram[k + 1];
  }
  return { g, v };
}

interface Found {
  readonly score: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

/** Tries every split by summing both sides anew. */
function naive(bins: readonly (readonly [number, number, number])[], rule: SplitRule): Found | undefined {
  let best: Found | undefined;
  for (const missingLeft of [false, true]) {
    for (let bin = 1; bin < bins.length; bin++) {
      const side = (left: boolean) => bins.filter((_, b) => (b === 0 ? missingLeft : b <= bin) === left);
      const sum = (left: boolean, k: number) => side(left).reduce((total, entry) => total + entry[k], 0);
      const allowed = [true, false].every(
        (left) => sum(left, 0) >= rule.minSamplesLeaf && sum(left, 2) >= rule.minHessian,
      );
      if (!allowed) continue;
      const [l, r] = [true, false].map((left) => sum(left, 1) ** 2 / (sum(left, 2) + rule.l2));
      if (!best || l + r > best.score * (1 + 1e-12)) best = { score: l + r, bin, missingLeft };
    }
  }
  return best;
}

function scan(bins: readonly (readonly [number, number, number])[], rule: SplitRule): SplitSearch {
  const histogram = histogramOf(bins);
  const search = new SplitSearch(-1, 1);
  scanFeature(search, rule, totals(histogram), histogram, 0, 1, bins.length - 1, 4);
  return search;
}

const entry = fc.tuple(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: 1, max: 90 }),
);

describe('scanFeature', () => {
  it('finds a split that scores as much as the best of all splits', () => {
    const bins = fc
      .array(entry, { minLength: 2, maxLength: 12 })
      .map((entries) => entries.map(([n, g, h]) => (n === 0 ? ([0, 0, 0] as const) : ([n, g, h] as const))));
    const rules = fc.record({
      minSamplesLeaf: fc.integer({ min: 1, max: 4 }),
      minHessian: fc.integer({ min: 1, max: 60 }),
      l2: fc.integer({ min: 0, max: 20 }),
      countUnit: fc.constant(countUnit),
      category: fc.constant(category),
    });
    fc.assert(
      fc.property(bins, rules, (entries, rule) => {
        const found = scan(entries, rule);
        const expected = naive(entries, rule);
        expect(found.feature).toBe(expected ? 4 : -1);
        if (expected) expect(found.numerator / found.denominator).toBeCloseTo(expected.score, 8);
      }),
      { numRuns: 500 },
    );
  });

  const rule = { minSamplesLeaf: 1, minHessian: 1, l2: 0, countUnit, category };

  it('learns where missing values go', () => {
    const like = (missing: number) =>
      scan(
        [
          [5, missing, 5],
          [5, -5, 5],
          [5, 5, 5],
        ],
        rule,
      );
    expect(like(5)).toMatchObject({ bin: 1, missingLeft: false });
    expect(like(-5)).toMatchObject({ bin: 1, missingLeft: true });
  });

  it('parts missing values from all others', () => {
    expect(
      scan(
        [
          [5, 5, 5],
          [5, -5, 5],
          [5, -5, 5],
        ],
        rule,
      ),
    ).toMatchObject({ bin: 2, missingLeft: false });
  });

  it('sends values that are missing only later to the side with more rows', () => {
    expect(
      scan(
        [
          [0, 0, 0],
          [7, -7, 7],
          [2, 2, 2],
        ],
        rule,
      ).missingLeft,
    ).toBe(true);
    expect(
      scan(
        [
          [0, 0, 0],
          [2, -2, 2],
          [7, 7, 7],
        ],
        rule,
      ).missingLeft,
    ).toBe(false);
  });

  it('keeps what it had when a feature does no better', () => {
    const search = new SplitSearch(1e9, 1);
    const histogram = histogramOf([
      [0, 0, 0],
      [5, -5, 5],
      [5, 5, 5],
    ]);
    scanFeature(search, rule, totals(histogram), histogram, 0, 1, 2, 4);
    expect(search.feature).toBe(-1);
  });
});
