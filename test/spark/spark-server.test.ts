import { expect, test } from 'vitest';
import { connect } from '../../src/engine/spark/connect/session.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { stringsOf } from '../../src/table/table.ts';
import { sparkServer } from './spark-server.ts';

test.each(['newest', 'oldest'] as const)('the %s Spark answers', async (version) => {
  const server = await sparkServer({ version });
  const session = await connect(server.remote);
  const answer = await session.collect('select string(6 * 7) as answer, current_timezone() as zone');
  await session.close();
  expect(session.serverVersion).toBe(sparkVersions[version]);
  expect(stringsOf(answer, 'answer')).toEqual(['42']);
  expect(stringsOf(answer, 'zone')).toEqual(['UTC']);
});

test('all who ask get the same server', async () => {
  const [first, second] = await Promise.all([sparkServer(), sparkServer()]);
  expect(second).toEqual(first);
});

test('a server answers nobody without its token', async () => {
  const { port } = await sparkServer();
  const ask = connect(`sc://127.0.0.1:${port}`, { token: 'wrong' });
  await expect(ask).rejects.toMatchObject({ details: { errorClass: 'UNAUTHENTICATED' } });
});
