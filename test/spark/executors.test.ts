import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/engine/spark/connect/session.ts';
import { installSpark } from '../../src/engine/spark/server/install.ts';
import { executorsOf, type HasExecutors, killExecutor } from './executors.ts';
import { effects, ownSparkServer } from './own-server.ts';
import { standaloneCluster } from './standalone-cluster.ts';

test('local-cluster computes in executors of its own, and survives the loss of one in the middle of a job', async () => {
  const server = await ownSparkServer({ master: 'local-cluster[2,1,1024]', memory: '1g' });
  try {
    await expectSurvival(server.remote, { launchers: [server.process] });
    const { home } = await installSpark({ version: server.version }, effects);
    expect(existsSync(join(home, 'work'))).toBe(false);
    expect(existsSync(join(server.folder, 'home', 'work'))).toBe(true);
  } finally {
    await server.stop();
  }
  expect(existsSync(server.folder)).toBe(false);
}, 300_000);

test('a standalone cluster of two workers survives the loss of an executor in the middle of a job', async () => {
  const cluster = await standaloneCluster({ memory: '1g' });
  try {
    await expectSurvival(cluster.server.remote, cluster);
  } finally {
    await cluster.stop();
  }
  expect(executorsOf(cluster)).toEqual([]);
}, 300_000);

/** A sum over eight tasks of a second and a half each, with an executor killed once the first tasks are done. */
async function expectSurvival(remote: string, cluster: HasExecutors): Promise<void> {
  const session = await connect(remote);
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
}

const slowSum = `
  select sum(id) as total
  from (select id, java_method('java.lang.Thread', 'sleep', cast(if(id % 1000 = 0, 1500, 0) as bigint)) as slept
        from range(0, 8000, 1, 8))
  where slept is not null or id >= 0`;
