import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connect } from '../../src/engine/spark/connect/session.ts';
import { identify } from '../../src/engine/spark/server/process-identity.ts';
import { ownSparkServer } from './own-server.ts';

test('a server that was killed comes back on its port, for the same token, and leaves nothing when stopped', async () => {
  const first = await ownSparkServer({ memory: '1g', conf: { 'spark.sql.session.timeZone': 'Asia/Tokyo' } });
  first.kill();
  const attempts = { retry: { attempts: 1 } };
  await expect(connect(first.remote, attempts)).rejects.toMatchObject({
    details: { errorClass: 'UNAVAILABLE' },
  });
  const second = await first.restart();
  try {
    expect(second).toMatchObject({ remote: first.remote, port: first.port, token: first.token });
    expect(second.process).not.toEqual(first.process);
    const session = await connect(first.remote);
    const zone = await session.getConfig(['spark.sql.session.timeZone']);
    await session.close();
    expect(zone).toEqual({ 'spark.sql.session.timeZone': 'Asia/Tokyo' });
  } finally {
    await second.stop();
  }
  await second.stop();
  expect(identify(second.process.pid)).toBeUndefined();
  expect([first.folder, second.folder].filter(existsSync)).toEqual([]);
}, 300_000);
