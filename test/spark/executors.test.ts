import { expect, test } from 'vitest';
import { connect } from '../../src/engine/spark/connect/session.ts';
import { executorsOf, killExecutor } from './executors.ts';
import { standaloneCluster } from './standalone-cluster.ts';

test('a standalone cluster of two workers survives the loss of an executor in the middle of a job', async () => {
  const cluster = await standaloneCluster({ memory: '1g' });
  try {
    const session = await connect(cluster.server.remote);
    let killed: Promise<number> | undefined;
    const rows = await session.collect(slowSum, {
      progress: ({ done }) => {
        if (done > 0) killed ??= killExecutor(cluster);
      },
    });
    const pid = await killed;
    await session.close();
    expect(String(rows.columns[0].values[0])).toBe('31996000');
    expect(pid).toBeGreaterThan(0);
    expect(executorsOf(cluster)).not.toContain(pid);
  } finally {
    await cluster.stop();
  }
  expect(executorsOf(cluster)).toEqual([]);
}, 300_000);

/** Over eight tasks of half a second each. */
const slowSum = `
  select sum(id) as total
  from (select id, java_method('java.lang.Thread', 'sleep', cast(if(id % 1000 = 0, 500, 0) as bigint)) as slept
        from range(0, 8000, 1, 8))
  where slept is not null or id >= 0`;
