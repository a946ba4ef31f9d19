import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SparkError } from '../../../../src/engine/spark/connect/error.ts';
import type { Progress } from '../../../../src/engine/spark/connect/progress.ts';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { InterruptedError } from '../../../../src/errors.ts';
import { sparkServer } from '../../../spark/spark-server.ts';

/** Runs for ever, as far as a test goes, on both cores. */
const endless = 'select count(*) as n from range(0, 1000000000000, 1, 8) where hash(id) = 7';

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let session: SparkSession;

  beforeAll(async () => {
    session = await connect((await sparkServer({ version })).remote);
  });

  afterAll(() => session?.close());

  test('an abort stops the work here and on the server', async () => {
    const stop = new AbortController();
    const work = session.collect(endless, { signal: stop.signal, progress: () => stop.abort() });
    await expect(work).rejects.toThrow(InterruptedError);
    expect(await session.interrupt('all')).toEqual([]);
  });

  test('an abort that comes while Spark plans the work leaves no job behind', async () => {
    for (const delay of [0, 5, 20, 60, 150]) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), delay);
      await expect(session.collect(endless, { signal: stop.signal })).rejects.toThrow(InterruptedError);
    }
    // Jobs left behind would take up both cores for ever, and this would wait for them.
    expect((await session.collect('select count(*) as n from range(0, 100, 1, 4)')).rows).toBe(1);
    expect(await session.interrupt('all')).toEqual([]);
  });

  test('work is interrupted by its tag, its id, or with all others', async () => {
    const interrupted = async (target: Parameters<SparkSession['interrupt']>[0], options: object) => {
      let stopped: Promise<string[]> | undefined;
      const progress = () => {
        stopped ??= session.interrupt(target);
      };
      const error: unknown = await session.collect(endless, { ...options, progress }).catch((cause) => cause);
      if (!(error instanceof SparkError)) throw error;
      expect(error.details.errorClass).toBe('OPERATION_CANCELED');
      expect(await stopped).toEqual([error.details.operationId]);
      return error.details.operationId;
    };
    const operationId = '0f0e0d0c-0b0a-4908-8706-050403020100';
    await interrupted({ tag: 'late' }, { tags: ['early', 'late'] });
    expect(await interrupted({ operation: operationId }, { operationId })).toBe(operationId);
    await interrupted('all', {});
    expect(await session.interrupt({ tag: 'nobody' })).toEqual([]);
  });

  test('progress only grows, and ends within its total', async () => {
    const told: Progress[] = [];
    await session.collect('select count(*) from range(0, 30000000, 1, 16) where hash(id) = 7', {
      progress: (progress) => told.push(progress),
    });
    expect(told.length).toBeGreaterThan(0);
    told.forEach(({ done, total }, i) => {
      expect(done).toBeLessThanOrEqual(total);
      if (i > 0) expect(done).toBeGreaterThanOrEqual(told[i - 1].done);
    });
  });
});
