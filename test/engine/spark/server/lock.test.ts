import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../../src/engine/spark/server/lock.ts';
import { identify } from '../../../../src/engine/spark/server/process-identity.ts';
import { InterruptedError } from '../../../../src/errors.ts';

let folder: string;
let path: string;
const { signal } = new AbortController();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-test-'));
  path = join(folder, 'deep', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('work under one lock is done one after the other', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(20);
    inside--;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(path, signal, work)));
  expect(most).toBe(1);
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
});

test('the lock is given back when the work fails', async () => {
  await expect(withLock(path, signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(path, signal, async () => 'yes')).toBe('yes');
});

test.each([
  ['a process that has ended', () => ({ pid: spawnSync('true').pid, start: '1' })],
  ['a process whose number another one has now', () => ({ pid: process.pid, start: '1' })],
  ['a file that a full disk has cut short', () => undefined],
])('a lock of %s is taken over by one of those who wait', async (_, owner) => {
  await withLock(path, signal, async () => {});
  writeFileSync(path, JSON.stringify(owner()) ?? '{"pid":');
  let inside = 0;
  const work = async () => {
    expect(++inside).toBe(1);
    await sleep(20);
    inside--;
  };
  await Promise.all([1, 2, 3].map(() => withLock(path, signal, work)));
  expect(existsSync(path)).toBe(false);
});

test('who waits for a lock can be interrupted, and leaves it to its owner', async () => {
  await withLock(path, signal, async () => {
    const waiting = withLock(path, AbortSignal.timeout(150), async () => {});
    await expect(waiting).rejects.toBeInstanceOf(InterruptedError);
    expect(existsSync(path)).toBe(true);
  });
});

test('a process is known by its number and its beginning', () => {
  expect(identify(process.pid)).toEqual(identify(process.pid));
  expect(identify(process.pid)).not.toEqual(identify(process.ppid));
  expect(identify(spawnSync('true').pid)).toBeUndefined();
});
