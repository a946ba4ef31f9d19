import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binEdges, MAX_VALUE_BINS } from '../../../src/models/tree/bin-edges.ts';
import { countValues } from '../../../src/models/tree/count-values.ts';

const counted = (values: Float64Array) => countValues(values, Int32Array.from(values.keys()));

const edgesOf = (values: readonly number[]) => Array.from(binEdges(counted(Float64Array.from(values))));

const repeat = (value: number, times: number) => new Array<number>(times).fill(value);

describe('binEdges', () => {
  it('lie halfway between few distinct values', () => {
    expect(edgesOf([...repeat(1, 3), ...repeat(2, 3), ...repeat(5, 9)])).toEqual([1.5, 3.5]);
  });

  it('are none for a constant and for no values', () => {
    expect(edgesOf(repeat(7, 10))).toEqual([]);
    expect(edgesOf([])).toEqual([]);
  });

  it('join values with fewer than three rows to the next', () => {
    expect(edgesOf([1, 2, 3, 4, 5, 6])).toEqual([3.5]);
  });

  it('take minus zero for zero', () => {
    expect(edgesOf([...repeat(-0, 2), ...repeat(0, 2), ...repeat(2, 4)])).toEqual([1]);
  });

  it('stay finite and below the upper value at the ends of the number line', () => {
    expect(edgesOf([...repeat(-1.7e308, 3), ...repeat(1.7e308, 3)])).toEqual([0]);
    expect(edgesOf([...repeat(1, 3), ...repeat(1 + 2 ** -52, 3)])).toEqual([1]);
  });

  it('give a heavy value a bin of its own', () => {
    const light = Array.from({ length: 2000 }, (_, i) => (i < 1000 ? i - 2000 : i + 1));
    const edges = edgesOf([...light, ...repeat(0, 2000)]);
    expect(edges).toContain(-500.5);
    expect(edges).toContain(500.5);
    expect(edges.filter((edge) => edge > -1001 && edge < 1001)).toEqual([-500.5, 500.5]);
  });

  it('part many values into bins of about equal size', () => {
    const edges = edgesOf(Array.from({ length: 25_500 }, (_, i) => i));
    expect(edges).toHaveLength(MAX_VALUE_BINS - 1);
    const sizes = edges.slice(1).map((edge, k) => edge - edges[k]);
    expect(new Set(sizes)).toEqual(new Set([100]));
  });

  it('are ascending, at most 254, and inside the range of the values', () => {
    const values = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 400 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        minLength: 1,
        maxLength: 1500,
      },
    );
    fc.assert(
      fc.property(values, (xs) => {
        const sorted = Float64Array.from(xs, (x) => x + 0).sort();
        const edges = binEdges(counted(sorted));
        expect(edges.length).toBeLessThan(MAX_VALUE_BINS);
        edges.forEach((edge, k) => {
          expect(edge).toBeGreaterThanOrEqual(k === 0 ? sorted[0] : edges[k - 1] + Number.MIN_VALUE);
          expect(edge).toBeLessThan(sorted[sorted.length - 1]);
        });
      }),
      { numRuns: 60 },
    );
  });
});
