import { expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { InterruptedError } from '../../src/errors.ts';
import { ROWS_FOR_THREAD, runBeside } from '../../src/threads/run-beside.ts';

const worker = () => new URL('./task-worker.js', import.meta.url);
const twice = ({ double }: { double: number }) => 2 * double;

test('work is done by the thread’s module, and here where one thread is all there is or rows are few', async () => {
  const beside = runBeside(() => 0, worker, { double: 4 }, ROWS_FOR_THREAD, { ...silentEffects, threads: 2 });
  expect(await beside).toBe(8);
  const nowhere = () => {
    throw new Error('a thread was started');
  };
  expect(
    await runBeside(twice, nowhere, { double: 4 }, ROWS_FOR_THREAD, { ...silentEffects, threads: 1 }),
  ).toBe(8);
  expect(
    await runBeside(twice, nowhere, { double: 4 }, ROWS_FOR_THREAD - 1, { ...silentEffects, threads: 2 }),
  ).toBe(8);
});

test('a thread’s failure is thrown here, and an interruption ends it where it stands', async () => {
  const spoilt = runBeside(() => 0, worker, { throw: 'spoilt' }, ROWS_FOR_THREAD, {
    ...silentEffects,
    threads: 2,
  });
  await expect(spoilt).rejects.toThrow('spoilt');
  const stop = new AbortController();
  const waiting = runBeside(() => 0, worker, { wait: 60_000 }, ROWS_FOR_THREAD, {
    threads: 2,
    signal: stop.signal,
  });
  stop.abort();
  await expect(waiting).rejects.toThrow(InterruptedError);
});
