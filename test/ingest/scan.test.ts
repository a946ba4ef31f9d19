import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { type Scan, scanLines } from '../../src/ingest/scan.ts';
import { readRealLog, simulatedLog } from '../features/as-of.ts';
import { withDuckdb } from './ingested.ts';
import { row } from './row.ts';

function scan(text: string): Promise<Scan> {
  return withDuckdb(async (engine, folder) => {
    const path = join(folder, 'log.json');
    await writeFile(path, text);
    return scanLines(engine, [{ path, format: 'json' }], sparkify, text.length);
  });
}

describe('the engine vouches itself for every line', () => {
  test.each([
    ['of the real log', readRealLog],
    ['of a simulated log', () => simulatedLog(20, 20, 1)],
    ['with explicit nulls', async () => row({ artist: null, song: null, length: null, gender: null })],
    ['with fewer columns', async () => `${row()}\n${row({ artist: undefined, length: undefined })}`],
  ])('%s', async (_, log) => {
    const text = await log();
    const { rows, suspects, blank, rejected, lineBytes } = await scan(text);
    const lines = text.split('\n').filter((line) => line !== '');
    expect({ rows, suspects, blank, rejected: rejected.size }).toEqual({
      rows: lines.length,
      suspects: 0,
      blank: 0,
      rejected: 0,
    });
    expect(lineBytes).toBe(Buffer.byteLength(lines.join('')));
  });
});
