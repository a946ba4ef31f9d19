import { expect, test } from 'vitest';
import { strongestTies } from '../../src/audit/foreknowledge.ts';

function matrix(...columns: number[][]) {
  return {
    rows: columns[0].length,
    names: columns.map((_, j) => `c${j}`),
    columns: columns.map((column) => Float64Array.from(column)),
  };
}

const past = matrix([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5]);
const future = matrix([1, 4, 1, 4, 2, 1, 3, 5, 6, 2, 3, 7]);
const users = Array.from({ length: 12 }, (_, i) => `u${i}`);

test('a tie is the partial correlation of dense ranks, with Fisher’s z by the number of users', () => {
  // numpy: residuals of lstsq of dense ranks in 0 … 1 (scipy rankdata) on a constant and those of the past, and their cosine r; arctanh(r) √(12 − 3 − 3).
  const [tie] = strongestTies(matrix([1, 6, 1, 8, 0, 3, 3, 9, 8, 8, 7, 4]), { past, future, users });
  expect(tie.correlation).toBeCloseTo(0.6083270129975854, 12);
  expect(tie.deviation).toBeCloseTo(1.7299797127655858, 12);
});

test('a column that the past explains, or a constant, has no tie', () => {
  const explained = matrix([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], new Array(12).fill(7));
  expect(strongestTies(explained, { past, future, users })).toEqual([]);
});

test('a missing value has the middle rank', () => {
  const given = [0, 1, 2, 1, 0, 2, 2, 1, 0, 1, 2, 0];
  const missing = given.map((value, row) => (value === 1 && row > 1 ? Number.NaN : value));
  const [ties, same] = [missing, given].map((own) => strongestTies(matrix(own), { past, future, users }));
  expect(ties).toHaveLength(1);
  expect(ties).toEqual(same);
});
