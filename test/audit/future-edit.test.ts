import { expect, test } from 'vitest';
import { compareAfterEdit } from '../../src/audit/future-edit.ts';

const nan = Number.NaN;

function rows(users: string[], values: number[]) {
  return {
    users,
    cutoffs: new Int32Array(users.length).fill(100),
    labels: new Uint8Array(users.length),
    matrix: { rows: users.length, names: ['plays'], columns: [Float64Array.from(values)] },
  };
}

test('rows are compared by user and cutoff, whatever their order, and missing values are equal', () => {
  expect(compareAfterEdit(rows(['a', 'b'], [1, nan]), rows(['b', 'a'], [nan, 1]))).toEqual([]);
});

test('a value that differs by one bit, and one that is missing on one side, are changes', () => {
  const [finding] = compareAfterEdit(
    rows(['a', 'b', 'c'], [0.3, 2, 5]),
    rows(['a', 'b', 'c'], [0.1 + 0.2, nan, 5]),
  );
  expect(finding).toMatchObject({ feature: 'plays', severity: 'leak', evidence: { changed: 2, rows: 3 } });
});

test('examples that come and go are a finding of their own', () => {
  const [finding] = compareAfterEdit(rows(['a', 'b'], [1, 2]), rows(['b', 'c', 'd'], [2, 3, 4]));
  expect(finding).toMatchObject({ check: 'future edit', evidence: { gone: 1, come: 2, rows: 2 } });
  expect(finding.feature).toBeUndefined();
});
