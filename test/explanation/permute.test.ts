import { describe, expect, it } from 'vitest';
import { permuteFeature } from '../../src/explanation/permute.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import { createDayReader } from '../../src/models/temporal-convolution/day-reader.ts';
import { historyFrom } from '../models/histories.ts';

const history = historyFrom(
  ['plays', 'likes'],
  [{ 1: [5, 1], 3: [2, 0] }, {}, { 2: [7, 4] }, { 1: [1, 1], 2: [1, 2], 8: [9, 9] }],
  [0, 96, 0, 93],
);
const matrix: Matrix = { rows: 4, names: ['a'], columns: [Float64Array.of(1, 2, 3, 4)], history };

/** By row: a channel's values on days 8, 7, … 1 before the cutoff. */
function channelOf(given: Matrix, name: string): number[][] {
  const out = new Float64Array(4 * 8 * 2);
  createDayReader({ days: 8, channels: [{ name, mean: 0, sd: 1 }] }, given.history ?? history)(
    Int32Array.of(0, 1, 2, 3),
    out,
  );
  return [0, 1, 2, 3].map((row) => [...out.subarray(row * 16, (row + 1) * 16)].filter((_, k) => k % 2 === 0));
}

const text = (rows: readonly (readonly number[])[]) => rows.map((row) => row.join());

describe('permuteFeature', () => {
  it('deals a column out anew, and nothing else', () => {
    const permuted = permuteFeature(matrix, 'a', 3);
    expect(permuted.columns[0]).not.toEqual(matrix.columns[0]);
    expect(permuted.columns[0].toSorted()).toEqual(matrix.columns[0]);
    expect(permuted.history).toBe(history);
  });

  it('gives rows the days of a channel of other rows, and leaves other channels', () => {
    const permuted = permuteFeature(matrix, 'plays', 3);
    expect(channelOf(permuted, 'likes')).toEqual(channelOf(matrix, 'likes'));
    expect(text(channelOf(permuted, 'plays'))).not.toEqual(text(channelOf(matrix, 'plays')));
    expect(text(channelOf(permuted, 'plays')).sort()).toEqual(text(channelOf(matrix, 'plays')).sort());
    expect(permuted.history?.firstDays).toEqual(history.firstDays);
  });

  it('deals out how long there were users', () => {
    const permuted = permuteFeature(matrix, 'days_before_first_event', 3);
    expect(permuted.history?.firstDays).not.toEqual(history.firstDays);
    expect(permuted.history?.firstDays.toSorted()).toEqual(history.firstDays.toSorted());
  });

  it('refuses a feature that is not there', () => {
    expect(() => permuteFeature(matrix, 'skips', 3)).toThrow('no feature "skips"');
    expect(() => permuteFeature({ ...matrix, history: undefined }, 'plays', 3)).toThrow(RangeError);
  });
});
