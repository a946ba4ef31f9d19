import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { benchModule } from './bench.ts';

const { inMarkdown } = await benchModule<{ inMarkdown(result: object): string }>('engines-table.mjs');

const subject = (id: string, title: string, wallSeconds: number, seconds: object, sparkWork?: object) => ({
  ...{ id, title, what: `does ${title}`, wallSeconds, leastSeconds: wallSeconds, mostSeconds: wallSeconds },
  ...{ cpuSeconds: null, peakBytes: 2e6, seconds, ...(sparkWork === undefined ? {} : { sparkWork }) },
});

/** A log of `bytes` on which everything takes `times` as long as on the first. */
function log(file: string, bytes: number, times: number) {
  const work = {
    ...{ stages: 3, tasks: 12, taskSeconds: 7.5, readBytes: 1e9, writtenBytes: 2e6 },
    ...{ shuffleWrittenBytes: 3e6, shuffleReadBytes: 4e6, spilledBytes: 0 },
  };
  return {
    ...{ file, bytes, lines: 1000 },
    summary: [
      subject('refrain-features', 'DuckDB', 5 * times, { ingest: 4 * times }),
      subject('refrain-spark', 'Spark', 20 * times, { start: 5, ingest: 12 * times }, { ingest: work }),
      subject('pyspark', 'PySpark', 25 * times, { start: 4, ledger: 16 * times }),
      subject('refrain-spark-1', 'one', 40 * times, { start: 10, ingest: 24 * times }),
      subject('refrain-spark-2', 'two', 30 * times, { start: 10, ingest: 18 * times }),
    ],
    checks: [
      { id: 'pyspark', what: 'ledger', rows: 7, columns: 5, exactColumns: 4, largestDifference: 3e-16 },
      { id: 'refrain-spark', what: 'ledger', rows: 7, columns: 5, exactColumns: 5, largestDifference: 0 },
    ],
  };
}

function markdown(logs: readonly object[], executors: readonly number[]): string {
  const machine = { processor: 'P', cores: 2, memoryBytes: 8e9, system: 'S', load: 0.5 };
  const date = '2026-01-02T03:04:05.000Z';
  return inMarkdown({
    ...{ date, machine, versions: { spark: '4.3.0' }, threads: 2, rounds: 1, executors, logs },
  });
}

test('the tables have ratios to PySpark, what Spark did, and how the time grows', () => {
  const text = markdown([log('a.json', 1e9, 1), log('b.json', 3e9, 2)], [1, 2]);
  const lines = text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '- a.json: 1,000,000,000 bytes, 1,000 lines',
      '- b.json: 3,000,000,000 bytes, 1,000 lines',
      '### 3.0 GB (b.json)',
      '| Spark | 20.0 | 20.0 – 20.0 | – | 2.00 | 50 | 0.80 | 0.75 | 4.00 |',
      '| PySpark | 25.0 | 25.0 – 25.0 | – | 2.00 | 40 |  |  | 5.00 |',
      '| Spark | ingest | 12.0 | 3 | 12 | 7.50 | 1,000 | 3.00 | 4.00 | 2.00 | 0 |',
      '- PySpark: ledger 7 rows × 5 columns, 4 of them equal, the others to 3e-16',
      '- Spark: ledger 7 rows × 5 columns, 5 of them equal',
      '| wall s as data grow | 1.0 GB | 3.0 GB | data × 3.00: time × |',
      '| Spark | 20.0 | 40.0 | 2.00 |',
      '| 1.0 GB | wall | 40.0 | 30.0 | 0.75 |',
      '| 3.0 GB | without start and end | 48.0 | 36.0 | 0.75 |',
    ]),
  );
});

test('nothing is said of a growth that was not measured', () => {
  const text = markdown([log('a.json', 1e9, 1)], [1]);
  expect(text).toContain('| Spark | 20.0 |');
  expect(text).not.toMatch(/grow/);
});

test('PySpark and Refrain are measured on the same Spark', async () => {
  const requirements = await readFile(
    new URL('../../bench/pyspark/requirements.txt', import.meta.url),
    'utf8',
  );
  expect(requirements.trim()).toBe(`pyspark==${sparkVersions.newest}`);
});
