import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binColumns } from '../../../src/models/tree/bins.ts';
import { createRandom } from '../../../src/random.ts';

/** Counts the edges below a value one by one. */
function naiveBin(x: number, edges: Float64Array): number {
  return Number.isNaN(x) ? 0 : 1 + edges.filter((edge) => edge < x).length;
}

describe('binColumns', () => {
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
        const { bins, edges } = binColumns([Float64Array.from(xs)]);
        expect(Array.from(bins[0])).toEqual(xs.map((x) => naiveBin(x, edges[0])));
      }),
      { numRuns: 60 },
    );
  });

  it('uses every one of the 255 bins for many rows, and is the same each time', () => {
    const random = createRandom(4);
    const column = Float64Array.from({ length: 120_000 }, () => random.float());
    const { bins, edges } = binColumns([column]);
    expect(edges[0]).toHaveLength(254);
    const counts = new Int32Array(256);
    for (const bin of bins[0]) counts[bin]++;
    expect(counts[0]).toBe(0);
    expect(Math.min(...counts.subarray(1))).toBeGreaterThan(350);
    expect(Math.max(...counts.subarray(1))).toBeLessThan(600);
    expect(binColumns([column]).edges).toEqual(edges);
  });

  it('takes a column without any value', () => {
    const { bins, edges } = binColumns([Float64Array.of(Number.NaN, Number.NaN)]);
    expect(Array.from(bins[0])).toEqual([0, 0]);
    expect(edges[0]).toHaveLength(0);
  });
});
