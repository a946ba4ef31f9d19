import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binColumns } from '../../../src/models/tree/bins.ts';
import { MOST_VALUES } from '../../../src/models/tree/bins-kernel.ts';
import { createRandom } from '../../../src/random.ts';

/** Counts the edges below a value one by one. */
function naiveBin(x: number, edges: Float64Array): number {
  return Number.isNaN(x) ? 0 : 1 + edges.filter((edge) => edge < x).length;
}

function binOne(column: Float64Array): { bins: Uint8Array; edges: Float64Array } {
  const { bins, features } = binColumns({ rows: column.length, columns: [column] });
  const [feature] = features;
  if (feature.kind !== 'number') throw new Error('expected a number');
  return { bins: bins[0], edges: feature.edges };
}

function binCategory(codes: readonly number[], levels: number, among?: Int32Array) {
  const names = Array.from({ length: levels }, (_, k) => `level ${k}`);
  const matrix = { rows: codes.length, columns: [Float64Array.from(codes)], levels: [names] };
  const { bins, features } = binColumns(matrix, among);
  return { bins: Array.from(bins[0]), binCount: features[0].binCount };
}

describe('binColumns', () => {
  it('gives each level of a category a bin, the most frequent first, and missing ones bin 0', () => {
    expect(binCategory([2, 0, 2, Number.NaN, 1, 1, 2], 3)).toEqual({
      bins: [1, 3, 1, 0, 2, 2, 1],
      binCount: 4,
    });
  });

  it('takes a level that no training row has for missing', () => {
    expect(binCategory([0, 1, 1, 2], 4, Int32Array.of(0, 1, 2))).toEqual({ bins: [2, 1, 1, 0], binCount: 3 });
  });

  it('takes the rarest of more than 255 levels for missing', () => {
    const codes = Array.from({ length: 600 }, (_, i) => i % 300);
    const { bins, binCount } = binCategory([...codes, 299], 300);
    expect(binCount).toBe(256);
    expect(bins[299]).toBe(1);
    expect(bins[253]).toBe(255);
    expect(bins[254]).toBe(0);
  });

  it('chooses edges by training rows alone', () => {
    const column = Float64Array.from({ length: 20 }, (_, i) => i);
    const { features } = binColumns({ rows: 20, columns: [column] }, Int32Array.of(0, 1, 2, 9, 10, 11));
    expect(features).toEqual([{ kind: 'number', edges: Float64Array.of(5.5), binCount: 3 }]);
  });

  it('gives missing values bin 0 and others 1 + the number of edges below', () => {
    const values = fc.array(
      fc.oneof(
        fc.constant(Number.NaN),
        fc.integer({ min: -5, max: 5 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      ),
      { minLength: 1, maxLength: 900 },
    );
    fc.assert(
      fc.property(values, (xs) => {
        const { bins, edges } = binOne(Float64Array.from(xs));
        expect(Array.from(bins)).toEqual(xs.map((x) => naiveBin(x, edges)));
      }),
      { numRuns: 60 },
    );
  });

  it('uses every one of the 255 bins for many rows, and is the same each time', () => {
    const random = createRandom(4);
    const column = Float64Array.from({ length: 120_000 }, () => random.float());
    const { bins, edges } = binOne(column);
    expect(edges).toHaveLength(254);
    const counts = new Int32Array(256);
    for (const bin of bins) counts[bin]++;
    expect(counts[0]).toBe(0);
    expect(Math.min(...counts.subarray(1))).toBeGreaterThan(350);
    expect(Math.max(...counts.subarray(1))).toBeLessThan(600);
    expect(binOne(column).edges).toEqual(edges);
  });

  it('bins more rows than its kernel holds at once', () => {
    const column = Float64Array.from({ length: MOST_VALUES + 3 }, (_, i) => i % 7);
    const { bins, edges } = binOne(column);
    expect(edges).toEqual(Float64Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 5.5));
    expect(bins.every((bin, i) => bin === 1 + (i % 7))).toBe(true);
  });

  it('takes a column without any value', () => {
    const { bins, edges } = binOne(Float64Array.of(Number.NaN, Number.NaN));
    expect(Array.from(bins)).toEqual([0, 0]);
    expect(edges).toHaveLength(0);
  });
});
