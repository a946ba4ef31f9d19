import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startStorageCluster } from '../storage/storage-cluster.ts';
import { ownSparkServer } from './own-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Socket of the process that starts the shared servers. */
    readonly sparkBroker: string;
  }
}

/** What is handed out goes as JSON: without its functions. */
interface Shared {
  stop(): Promise<unknown>;
}

/**
 * Starts a server of a version, or what else its kind names, when the first test asks for it, hands it to all others of this run, and ends all of
 * them at its end. Test files run in processes of their own, so they ask over a socket.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-spark-broker-'));
  const servers = new Map<string, Promise<Shared>>();
  const broker = createServer((socket) => answer(socket, servers));
  const path = join(folder, 'socket');
  await new Promise<void>((resolve) => broker.listen(path, resolve));
  project.provide('sparkBroker', path);
  return async () => {
    broker.close();
    const started = await Promise.allSettled(servers.values());
    await Promise.all(started.map((server) => server.status === 'fulfilled' && server.value.stop()));
    await rm(folder, { recursive: true, force: true });
  };
}

function start(kind: string): Promise<Shared> {
  return kind === 'storage' ? startStorageCluster() : ownSparkServer({ version: kind });
}

/** One line with a kind comes in; one line with the server, or with why there is none, goes out. */
function answer(socket: Socket, servers: Map<string, Promise<Shared>>): void {
  // A test file that ends while its question is open is no fault of the broker's.
  socket.on('error', () => {});
  socket.setEncoding('utf8').once('data', async (line) => {
    const kind = String(line).trim();
    const server = servers.get(kind) ?? start(kind);
    servers.set(kind, server);
    const reply = await server.then(
      (running) => ({ server: running }),
      (error: Error) => ({ error: error.message }),
    );
    socket.end(`${JSON.stringify(reply)}\n`);
  });
}
