import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countValues } from '../../../src/models/tree/count-values.ts';

/** The naive twin. */
function twin(column: Float64Array, rows: Int32Array): [value: number, count: number][] {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = column[row] + 0;
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

function pairs(column: Float64Array, rows: Int32Array): [value: number, count: number][] {
  const { values, counts } = countValues(column, rows);
  return Array.from(values, (value, k) => [value, counts[k]]);
}

describe('countValues', () => {
  it('counts small whole numbers, others and their mixtures as a map does', () => {
    const small = fc.integer({ min: 0, max: 4097 });
    const any = fc.oneof(
      small,
      fc.double({ noDefaultInfinity: true }),
      fc.constantFrom(0, -0, Number.NaN, -1, 0.5),
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(small), fc.array(any)), fc.array(fc.nat()), (values, places) => {
        const column = Float64Array.from(values);
        const rows = Int32Array.from(values.length === 0 ? [] : places, (place) => place % values.length);
        expect(pairs(column, rows)).toEqual(twin(column, rows));
      }),
      { numRuns: 200 },
    );
  });

  it('finds nothing where every value is missing, and one 0 of both signs', () => {
    expect(pairs(Float64Array.of(Number.NaN), Int32Array.of(0))).toEqual([]);
    expect(pairs(Float64Array.of(0, -0, 0.5, -0), Int32Array.of(0, 1, 2, 3))).toEqual([
      [0, 3],
      [0.5, 1],
    ]);
  });
});
