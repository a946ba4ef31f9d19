import { expect, test } from 'vitest';
import { bootstrapMetrics } from '../../src/evaluation/bootstrap.ts';
import { groupMetrics } from '../../src/evaluation/group-metrics.ts';
import { simulatedRows } from './rows.ts';

const options = { seed: 3, replicates: 100 };
const rows = simulatedRows(120, 9);
const byUser = Array.from(rows.groups, (user) => (user % 3 === 0 ? 'a' : user % 3 === 1 ? 'b' : undefined));

const measure = (groups: string[], groupOfRow: (string | undefined)[] = byUser) =>
  groupMetrics(rows.labels, rows.probabilities, rows.groups, groups, groupOfRow, options);

test('a group has the metrics of its own rows, in the order asked for', () => {
  const found = measure(['b', 'a']);
  expect(found.map(({ group, users, rows: n }) => [group, users, n])).toEqual([
    ['b', 40, 80],
    ['a', 40, 80],
  ]);
  const own = Int32Array.from(byUser.keys()).filter((row) => byUser[row] === 'a');
  const { intervals } = bootstrapMetrics(
    Uint8Array.from(own, (row) => rows.labels[row]),
    Float64Array.from(own, (row) => rows.probabilities[row]),
    Int32Array.from(own, (row) => rows.groups[row]),
    0.3,
    options,
  );
  expect(found[1].rocAuc).toEqual(intervals.rocAuc);
  expect(found[1].brier).toEqual(intervals.brier);
});

test('bias is the mean probability less the share lost', () => {
  const [all] = measure(
    ['all'],
    byUser.map(() => 'all'),
  );
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
  expect(all.bias.value).toBeCloseTo(mean(rows.probabilities) - mean(rows.labels), 12);
  expect(all.bias.low).toBeLessThan(all.bias.value);
  expect(all.bias.high).toBeGreaterThan(all.bias.value);
});

test('a group with few users of an outcome is said to be too small', () => {
  const few = byUser.map((_, row) => (rows.groups[row] < 8 ? 'few' : 'many'));
  expect(measure(['few', 'many'], few).map(({ isTooSmall }) => isTooSmall)).toEqual([true, false]);
});

test('a group without rows has no metrics', () => {
  const [none] = measure(['none']);
  expect(none).toMatchObject({ users: 0, rows: 0, lost: 0, isTooSmall: true });
  expect(none.rocAuc.value).toBeNaN();
  expect(none.bias.value).toBeNaN();
});
