import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileAlive } from '../../../../src/engine/spark/connect/alive.ts';

async function* silentUntilAborted(signal: AbortSignal): AsyncGenerator<number> {
  yield 1;
  await sleep(60_000, undefined, { signal });
}

async function gathered(stream: AsyncIterable<number>): Promise<number[]> {
  const items: number[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

test('a stream passes unchanged', async () => {
  const stream = whileAlive(
    async function* () {
      yield* [1, 2, 3];
    },
    async () => {
      throw new Error('not asked');
    },
    60_000,
  );
  expect(await gathered(stream)).toEqual([1, 2, 3]);
});

test('a silent stream of a dead server ends with why it is thought dead', async () => {
  const stream = whileAlive(silentUntilAborted, () => Promise.reject(new Error('no answer')), 10);
  await expect(gathered(stream)).rejects.toThrow('no answer');
});

test('a silent stream of a living server is waited for', async () => {
  let asked = 0;
  const slow = async function* () {
    yield 1;
    while (asked < 3) await sleep(5);
    yield 2;
  };
  const stream = whileAlive(slow, async () => void asked++, 5);
  expect(await gathered(stream)).toEqual([1, 2]);
});

test('the error of a stream is its own', async () => {
  const broken = async function* () {
    yield 1;
    throw new Error('broken');
  };
  await expect(gathered(whileAlive(broken, async () => {}, 60_000))).rejects.toThrow('broken');
});

test('leaving early closes the stream', async () => {
  let closed = false;
  const stream = async function* () {
    try {
      yield 1;
      yield 2;
    } finally {
      closed = true;
    }
  };
  for await (const _ of whileAlive(stream, async () => {}, 60_000)) break;
  expect(closed).toBe(true);
});

test('an abort reaches the stream', async () => {
  const stop = new AbortController();
  const stream = whileAlive(silentUntilAborted, async () => {}, 60_000, stop.signal);
  const items = gathered(stream);
  stop.abort();
  await expect(items).rejects.toThrow(/abort/i);
});
