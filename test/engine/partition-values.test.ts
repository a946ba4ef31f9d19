import { expect, test } from 'vitest';
import type { LogField } from '../../src/engine/engine.ts';
import { partitionValues } from '../../src/engine/partition-values.ts';

const fields: readonly LogField[] = [
  { name: 'plan', key: 'level', type: 'text' },
  { name: 'session', key: 'visit', type: 'id' },
  { name: 'time', key: 'ts', type: 'number' },
];

test.each([
  ['/log/level=paid/visit=7/a.parquet', { level: 'paid', visit: '7' }],
  ['s3a://bucket/ts=17/level=free/a.parquet', { ts: 17, level: 'free' }],
  ['/log/ts=-1.5/a.parquet', { ts: -1.5 }],
  ['/log/ts=2018-10-01/a.parquet', { ts: '2018-10-01' }],
  ['/log/ts=0x10/a.parquet', { ts: '0x10' }],
  ['/log/level=a%2Fb%3D%25é/a.parquet', { level: 'a/b=%é' }],
  ['/log/level=a=b/a.parquet', { level: 'a=b' }],
  ['/log/level=/a.parquet', { level: '' }],
  ['/log/level=__HIVE_DEFAULT_PARTITION__/a.parquet', { level: null }],
  ['/log/level=free/level=paid/a.parquet', { level: 'paid' }],
  ['/log/Level=free/day=2018-10-01/level=paid.parquet', {}],
  ['level=free', {}],
])('%s', (path, values) => {
  expect(Object.fromEntries(partitionValues(path, fields))).toEqual(values);
});
