import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../src/effects.ts';
import { EngineError, InterruptedError, UsageError } from '../../src/errors.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { naiveLog } from './naive-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const START = Date.UTC(2018, 9, 1) / 1000;
const plan = { seed: 5, start: START, end: START + 20 * 86_400, users: 60 };
const small = { users: 60, days: 20, seed: 5 };

describe('simulate', () => {
  test('writes byte for byte what JSON.stringify makes of rows in order', async () => {
    const out = join(folder, 'log.json');
    const result = await simulate({ ...small, out }, silentEffects);
    const text = await readFile(out, 'utf8');
    expect(text).toBe(naiveLog(plan));
    expect(result.bytes).toBe(Buffer.byteLength(text));
    expect(result.files).toEqual([{ path: out, bytes: result.bytes, rows: result.rows }]);
  });

  test('counts its own rows, users and losses as a reader does', async () => {
    const out = join(folder, 'log.json');
    const result = await simulate({ ...small, out }, silentEffects);
    const rows = readRows(await readFile(out, 'utf8'));
    expect(result.rows).toBe(rows.length);
    expect(result.users).toBe(60);
    expect(new Set(rows.map(({ userId }) => userId).filter(Boolean)).size).toBe(60);
    expect(result.anonymous).toBe(rows.filter(({ userId }) => userId === '').length);
    for (const [page, count] of Object.entries(result.pages)) {
      expect([page, count]).toEqual([page, rows.filter((row) => row.page === page).length]);
    }
    expect(result.lost).toBe(result.pages['Cancellation Confirmation']);
    expect(sum(result.auths)).toBe(rows.length);
    expect(sum(result.levels)).toBe(rows.length);
    expect(sum(result.methods)).toBe(rows.length);
    expect(sum(result.statuses)).toBe(rows.length);
  });

  test('lets nothing follow the confirmation of a cancellation', async () => {
    const out = join(folder, 'log.json');
    const { lost } = await simulate({ ...small, users: 120, out }, silentEffects);
    const rows = readRows(await readFile(out, 'utf8'));
    const ends = rows.filter(({ page }) => page === 'Cancellation Confirmation');
    expect(lost).toBeGreaterThan(5);
    expect(ends).toHaveLength(lost);
    for (const end of ends) {
      const own = rows.filter(({ userId }) => userId === end.userId);
      expect(own.at(-1)).toEqual(end);
      expect(own.at(-2)?.page).toBe('Cancel');
      expect(end.ts - (own.at(-2)?.ts ?? 0)).toBeLessThanOrEqual(1000);
    }
  });

  test('makes the same bytes on one thread and on two', { timeout: 60_000 }, async () => {
    const hashes = [];
    for (const threads of [1, 2]) {
      const out = join(folder, `${threads}.json`);
      await simulate({ users: 430, days: 61, seed: 3, out }, { ...silentEffects, threads });
      hashes.push(await sha256(out));
      await rm(out);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('writes no line twice, though users share session ids', async () => {
    const out = join(folder, 'log.json');
    await simulate({ users: 300, days: 40, seed: 8, out }, silentEffects);
    const lines = (await readFile(out, 'utf8')).split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    const owners = new Map<number, Set<string>>();
    for (const { userId, sessionId } of readRows(lines.join('\n'))) {
      if (userId !== '') owners.set(sessionId, (owners.get(sessionId) ?? new Set()).add(userId));
    }
    const shared = [...owners.values()].filter((users) => users.size > 1);
    expect(shared.length / owners.size).toBeGreaterThan(0.1);
  });

  test('makes another log of another seed', async () => {
    await simulate({ users: 5, days: 3, seed: 1, out: join(folder, 'a.json') }, silentEffects);
    await simulate({ users: 5, days: 3, seed: 2, out: join(folder, 'b.json') }, silentEffects);
    expect(await readFile(join(folder, 'a.json'))).not.toEqual(await readFile(join(folder, 'b.json')));
  });

  test('writes one file a day into a folder, together the same lines', async () => {
    await simulate({ ...small, out: join(folder, 'log.json') }, silentEffects);
    const { files } = await simulate({ ...small, out: join(folder, 'days') }, silentEffects);
    expect(await readdir(join(folder, 'days'))).toEqual(
      Array.from({ length: 20 }, (_, i) => `2018-10-${String(i + 1).padStart(2, '0')}-events.json`),
    );
    const days = await Promise.all(files.map(({ path }) => readFile(path, 'utf8')));
    expect(days.join('')).toBe(await readFile(join(folder, 'log.json'), 'utf8'));
    days.forEach((day, i) => {
      expect(Buffer.byteLength(day)).toBe(files[i].bytes);
      expect(readRows(day)).toHaveLength(files[i].rows);
      for (const { ts } of readRows(day)) expect(Math.floor((ts / 1000 - START) / 86_400)).toBe(i);
    });
  });

  test('begins on the day it is told to', async () => {
    const out = join(folder, 'log.json');
    await simulate({ users: 3, days: 2, seed: 1, start: Date.UTC(2024, 1, 28), out }, silentEffects);
    const rows = readRows(await readFile(out, 'utf8'));
    expect(rows.length).toBeGreaterThan(0);
    for (const { ts } of rows) expect(new Date(ts).toISOString()).toMatch(/^2024-02-2[89]T/);
  });

  test('says how many bytes it has written, of how many to expect', async () => {
    const events: ProgressEvent[] = [];
    const effects = { ...silentEffects, progress: (event: ProgressEvent) => events.push(event) };
    const { bytes } = await simulate({ ...small, out: join(folder, 'log.json') }, effects);
    expect(events).toHaveLength(20);
    expect(events.at(-1)).toEqual({ stage: 'simulating', done: bytes, total: bytes, unit: 'bytes' });
    const done = events.map((event) => event.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  test.each([1, 2])('leaves nothing when it is aborted, with %i threads', async (threads) => {
    await writeFile(join(folder, 'log.json'), 'what was there');
    const controller = new AbortController();
    const effects = {
      ...silentEffects,
      threads,
      signal: controller.signal,
      progress: () => controller.abort(),
    };
    const run = simulate({ users: 5000, days: 61, seed: 1, out: join(folder, 'log.json') }, effects);
    await expect(run).rejects.toThrow(InterruptedError);
    expect(await readdir(folder)).toEqual(['log.json']);
    expect(await readFile(join(folder, 'log.json'), 'utf8')).toBe('what was there');
  });

  test('stops while the listeners are still being set up', async () => {
    const controller = new AbortController();
    const effects = { ...silentEffects, signal: controller.signal };
    const run = simulate({ users: 100_000, days: 61, seed: 1, out: join(folder, 'log.json') }, effects);
    setTimeout(() => controller.abort(), 300);
    await expect(run).rejects.toThrow(InterruptedError);
    expect(await readdir(folder)).toEqual([]);
  });

  test('does nothing for a signal that is aborted already', async () => {
    const effects = { ...silentEffects, signal: AbortSignal.abort() };
    await expect(simulate({ ...small, out: join(folder, 'log.json') }, effects)).rejects.toThrow(
      InterruptedError,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('replaces a file, but not a folder in use', async () => {
    await writeFile(join(folder, 'log.json'), 'old');
    const { bytes } = await simulate({ ...small, out: join(folder, 'log.json') }, silentEffects);
    expect((await readFile(join(folder, 'log.json'))).length).toBe(bytes);
    await mkdir(join(folder, 'days'));
    await writeFile(join(folder, 'days', 'notes.txt'), 'mine');
    await expect(simulate({ ...small, out: join(folder, 'days') }, silentEffects)).rejects.toThrow(
      UsageError,
    );
    expect(await readdir(folder)).toEqual(['days', 'log.json']);
  });

  test('says what to do when the place cannot be written', async () => {
    const absent = simulate({ ...small, out: join(folder, 'no', 'log.json') }, silentEffects);
    await expect(absent).rejects.toThrow(EngineError);
    await expect(absent).rejects.toThrow(/its folder does not exist. Create it first/);
    await writeFile(join(folder, 'file'), '');
    const under = simulate({ ...small, out: join(folder, 'file', 'log.json') }, silentEffects);
    await expect(under).rejects.toThrow(/a part of its path is a file/);
  });
});

interface Row {
  readonly ts: number;
  readonly userId: string;
  readonly sessionId: number;
  readonly page: string;
}

function readRows(text: string): Row[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
