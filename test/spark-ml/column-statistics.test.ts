import { expect, test } from 'vitest';
import { median } from '../../src/models/logistic-regression/median.ts';
import { createRandom } from '../../src/random.ts';
import { columnStatistics } from '../../src/spark-ml/column-statistics.ts';
import type { Column } from '../../src/table/table.ts';
import { openCluster } from './cluster.ts';

const { signal } = new AbortController();

/** Columns that are hard to find a median of. */
function columns(rows: number): Record<string, Float64Array> {
  const random = createRandom(3);
  const draw = (value: (u: number, i: number) => number) =>
    Float64Array.from({ length: rows }, (_, i) => value(random.float(), i));
  return {
    distinct: draw((u) => u * 1e6),
    skewed: draw((u) => u ** 40),
    zeros: draw((u) => (u < 0.9 ? 0 : u)),
    halves: draw((_, i) => (i < rows / 2 ? 1 : 2)),
    sparse: draw((u, i) => (i % 50 === 0 ? u - 0.5 : Number.NaN)),
    constant: draw(() => 7),
    missing: draw(() => Number.NaN),
  };
}

test.each([20_000, 5])('medians of %d rows are exact, in one pass and in three', async (count) => {
  const { session, close } = await openCluster();
  const values = Object.entries(columns(count));
  const table = {
    rows: count,
    names: [...values.map(([name]) => name), 'lost', 'user', 'cutoff'],
    columns: [...values.map(([, column]) => column), ...[0, 0, 0].map(() => new Float64Array(count))].map(
      (column): Column => ({ type: 'float64', values: column, valid: new Uint8Array(count).fill(1) }),
    ),
  };
  await session.createTempView('numbers', session.local(table));
  const rows = {
    session,
    view: 'numbers',
    featureNames: values.map(([name]) => name),
    trainCondition: 'true',
  };
  const expected = values.map(([, column]) => {
    const present = column.filter((x) => !Number.isNaN(x));
    return {
      present: present.length,
      varies: new Set(present).size > 1,
      median: present.length === 0 ? 0 : median(present),
    };
  });
  expect(await columnStatistics(rows, count, signal)).toEqual(expected);
  expect(await columnStatistics(rows, count, signal, 0)).toEqual(expected);
  await close();
});
