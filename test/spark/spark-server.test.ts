import { expect, test } from 'vitest';
import { askVersion } from '../../src/engine/spark/server/ready.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { sparkServer } from './spark-server.ts';

test.each(['newest', 'oldest'] as const)('the %s Spark answers', async (version) => {
  const server = await sparkServer({ version });
  expect(server.version).toBe(sparkVersions[version]);
  expect(await askVersion(server.port, server.token)).toBe(sparkVersions[version]);
});

test('all who ask get the same server', async () => {
  const [first, second] = await Promise.all([sparkServer(), sparkServer()]);
  expect(second).toEqual(first);
});

test('a wrong token is refused', async () => {
  const { port } = await sparkServer();
  await expect(askVersion(port, 'wrong')).rejects.toThrow(/UNAUTHENTICATED/);
});
