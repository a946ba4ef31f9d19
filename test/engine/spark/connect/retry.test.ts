import { expect, test } from 'vitest';
import { Backoff, defaultRetry } from '../../../../src/engine/spark/connect/retry.ts';

const quick = { attempts: 3, firstDelay: 1, factor: 2, longestDelay: 2, jitter: 0 };

test('there are as many attempts as the policy says, the first included', async () => {
  const backoff = new Backoff(quick, 1);
  expect(await backoff.again()).toBe(true);
  expect(await backoff.again()).toBe(true);
  expect(await backoff.again()).toBe(false);
  expect(backoff.failures).toBe(3);
});

test('one attempt means none after it', async () => {
  expect(await new Backoff({ ...quick, attempts: 1 }, 1).again()).toBe(false);
});

test('what comes through begins the count anew', async () => {
  const backoff = new Backoff(quick, 1);
  await backoff.again();
  await backoff.again();
  backoff.reset();
  expect(await backoff.again()).toBe(true);
  expect(backoff.failures).toBe(1);
});

test('an abort ends the wait', async () => {
  const signal = AbortSignal.abort();
  await expect(
    new Backoff({ ...quick, firstDelay: 60_000, longestDelay: 60_000 }, 1).again(0, signal),
  ).rejects.toThrow();
});

test('all delays of the default together stay under a minute', () => {
  const { attempts, firstDelay, factor, longestDelay, jitter } = defaultRetry;
  let sum = 0;
  for (let i = 0; i < attempts - 1; i++)
    sum += Math.min(firstDelay * factor ** i, longestDelay) * (1 + jitter);
  expect(sum).toBeLessThan(60_000);
  expect(sum).toBeGreaterThan(20_000);
});
