import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { SparkServer } from '../../src/engine/spark/server/start.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import type { StorageCluster } from '../storage/storage-cluster.ts';
import './global-setup.ts';

/**
 * The server that all tests of a run share: `local[2]`, UTC, 4 shuffle partitions, 2 GB. Never stop it, and give each
 * test a session and folders of its own.
 * @returns its `remote` holds the token: `connect(remote)` is all it takes.
 */
export async function sparkServer(
  options: { readonly version?: keyof typeof sparkVersions } = {},
): Promise<SparkServer> {
  return ask(sparkVersions[options.version ?? 'newest']);
}

/** The S3 store, the HDFS and the Spark with a Hive metastore that all tests of a run share: give each test a bucket, folders and databases of its own. */
export async function storageCluster(): Promise<StorageCluster> {
  return ask('storage');
}

async function ask(kind: string) {
  const socket = connect(inject('sparkBroker'));
  await once(socket, 'connect');
  socket.write(`${kind}\n`);
  const reply = JSON.parse(await text(socket));
  if (reply.error !== undefined) throw new Error(reply.error);
  return reply.server;
}
