import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Quarantine, type QuarantinedLine } from '../../src/ingest/quarantine.ts';
import { inFolder } from './ingested.ts';

function quarantined(lines: readonly QuarantinedLine[]) {
  return inFolder(async (folder) => {
    const quarantine = new Quarantine(join(folder, 'quarantine.ndjson'));
    for (const line of lines) quarantine.add(line);
    await quarantine.finish();
    const text = await readFile(quarantine.path, 'utf8');
    const found = text
      .split('\n')
      .slice(0, -1)
      .map((line): QuarantinedLine => JSON.parse(line));
    return { found, reasons: quarantine.reasons() };
  });
}

test('lines stand in the file by file and line, in whatever order they were found', async () => {
  const line = fc.record({
    file: fc.constantFrom('b.json', 'a.json', 'ä.json'),
    line: fc.integer({ min: 1, max: 1e9 }),
    reason: fc.constantFrom('not_json', 'not_utf8'),
    text: fc.string({ unit: 'binary' }),
  });
  const lines = fc.uniqueArray(line, { maxLength: 50, selector: ({ file, line: n }) => `${n} ${file}` });
  await fc.assert(
    fc.asyncProperty(lines, async (all) => {
      const sorted = all.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
      expect((await quarantined(all)).found).toEqual(sorted);
    }),
    { numRuns: 50, seed: 1 },
  );
});

test('each reason comes with its first line, the most frequent one first', async () => {
  const at = (file: string, line: number, reason: string) => ({
    file,
    line,
    reason,
    text: `${file} ${line}`,
  });
  const { reasons } = await quarantined([
    at('b', 1, 'x'),
    at('a', 7, 'y'),
    at('a', 3, 'x'),
    at('a', 2, 'z'),
    at('a', 5, 'x'),
    at('a', 1, 'y'),
  ]);
  expect(reasons).toEqual([
    { reason: 'x', lines: 3, example: at('a', 3, 'x') },
    { reason: 'y', lines: 2, example: at('a', 1, 'y') },
    { reason: 'z', lines: 1, example: at('a', 2, 'z') },
  ]);
});

test('without lines there is an empty file', async () => {
  expect(await quarantined([])).toEqual({ found: [], reasons: [] });
});
