import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { benchModule } from './bench.ts';

const { inMarkdown } = await benchModule<{ inMarkdown(result: object): string }>('scale-table.mjs');

const subject = (id: string, title: string, wallSeconds: number, seconds: object) => ({
  ...{ id, title, what: `does ${title}`, wallSeconds, leastSeconds: wallSeconds, mostSeconds: wallSeconds },
  ...{ cpuSeconds: 2 * wallSeconds, peakBytes: 5e8, seconds },
});

/** A log of `bytes` on which everything takes `times` as long as on the first. */
function log(file: string, bytes: number, times: number) {
  return {
    ...{ file, bytes, lines: bytes / 500 },
    summary: [
      subject('duckdb', 'scan', times, {}),
      subject('refrain', 'job', 3 * times, { ingest: 2 * times }),
    ],
    checks: [{ id: 'polars', what: 'ledger', rows: 7, columns: 5, exactColumns: 5, largestDifference: 0 }],
  };
}

function markdown(logs: readonly object[]): string {
  const machine = { processor: 'P', cores: 2, memoryBytes: 8e9, system: 'S', load: 0.5 };
  const named = logs.map((one) => ({ ...one, checks: [] }));
  const date = '2026-01-02T03:04:05.000Z';
  return inMarkdown({
    ...{ date, machine, versions: { polars: '2.1.0' }, threads: 2, rounds: 1 },
    logs: named,
  });
}

test('the tables have time and memory by log, what a million lines more cost, and ratios to the bare scan', () => {
  const lines = markdown([log('a.json', 1e9, 1), log('b.json', 3e9, 4)]).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '- Polars 2.1.0',
      '| wall s | 1.0 GB | 3.0 GB |',
      '| job | 3.00 | 12.0 |',
      '| CPU s | 1.0 GB | 3.0 GB |',
      '| job | 6.00 | 24.0 |',
      '| peak MB | 1.0 GB | 3.0 GB |',
      '| job | 500 | 500 |',
      '| s of wall for a million lines more | 1.0 → 3.0 GB |',
      '| job | 2.25 |',
      '| wall s of the main job | 1.0 GB | 3.0 GB |',
      '| ingest | 2.00 | 8.00 |',
      '| job | 12.0 | 12.0 – 12.0 | 24.0 | 500 | 250 | 3.00 | 3.00 |',
      '| job | ingest 8.00 | 4.00 |',
    ]),
  );
});

test('of one log there is no growth', () => {
  expect(markdown([log('a.json', 1e9, 1)])).not.toContain('million lines more');
});

test('the page has a place for them', async () => {
  const page = await readFile(new URL('../../docs/performance.md', import.meta.url), 'utf8');
  expect(page).toMatch(/<!-- bench:scale -->[\s\S]*<!-- \/bench:scale -->/);
});
