import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type OwnServer, ownSparkServer } from './own-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Socket of the process that starts the shared servers. */
    readonly sparkBroker: string;
  }
}

/**
 * Starts a server of a version when the first test asks for it, hands it to all others of this run, and ends all of
 * them at its end. Test files run in processes of their own, so they ask over a socket.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-spark-broker-'));
  const servers = new Map<string, Promise<OwnServer>>();
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

/** One line with a version comes in; one line with the server, or with why there is none, goes out. */
function answer(socket: Socket, servers: Map<string, Promise<OwnServer>>): void {
  // A test file that ends while its question is open is no fault of the broker's.
  socket.on('error', () => {});
  socket.setEncoding('utf8').once('data', async (line) => {
    const version = String(line).trim();
    const server = servers.get(version) ?? ownSparkServer({ version });
    servers.set(version, server);
    const reply = await server.then(
      (running) => ({ server: running }),
      (error: Error) => ({ error: error.message }),
    );
    socket.end(`${JSON.stringify(reply)}\n`);
  });
}
