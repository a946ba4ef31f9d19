import { describe, expect, it } from 'vitest';
import { selectRows, sliceRows } from '../../src/models/matrix.ts';

const history = {
  channels: ['play'],
  days: Int32Array.of(1, 2, 5),
  values: Float32Array.of(3, 4, 5),
  starts: Int32Array.of(0, 0, 2, 2),
  ends: Int32Array.of(1, 2, 3, 3),
  cutoffs: Int32Array.of(2, 3, 6, 9),
  firstDays: Int32Array.of(1, 1, 5, 5),
};
const matrix = {
  rows: 4,
  names: ['x', 'colour'],
  columns: [Float64Array.of(1, Number.NaN, 3, 4), Float64Array.of(0, 1, 1, 0)],
  levels: [undefined, ['red', 'blue']],
  history,
};

describe('sliceRows', () => {
  it.each([
    [0, 4],
    [1, 3],
    [2, 2],
  ])('gives rows %i to %i as selecting them would', (start, end) => {
    const rows = Array.from({ length: end - start }, (_, i) => start + i);
    expect(sliceRows(matrix, start, end)).toEqual(selectRows(matrix, rows));
  });

  it('copies no column', () => {
    expect(sliceRows(matrix, 1, 3).columns[0].buffer).toBe(matrix.columns[0].buffer);
  });
});
