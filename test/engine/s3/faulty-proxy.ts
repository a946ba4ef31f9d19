import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server and lets requests for objects go wrong. */
export interface FaultyProxy {
  readonly endpoint: string;
  /** Connections that it has broken. */
  readonly broken: number;
  /** Breaks the next answers to GET of an object, each after so many bytes of its body. */
  breakAfter(bytes: readonly number[]): void;
  /** Does something before the nth GET of an object (from 0) is passed on. */
  beforeGet(n: number, action: () => Promise<unknown>): void;
  reset(): void;
  close(): Promise<void>;
}

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  let breaks: number[] = [];
  let broken = 0;
  let gets = 0;
  const actions = new Map<number, () => Promise<unknown>>();

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const isObject = incoming.method === 'GET' && !/[?&]list-type=/.test(incoming.url ?? '');
    if (isObject) await actions.get(gets++)?.();
    const limit = isObject ? breaks.shift() : undefined;
    const { hostname, port } = new URL(target);
    const { method, url, headers } = incoming;
    const upstream = request({ hostname, port, path: url, method, headers }, async (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      let left = limit ?? Number.POSITIVE_INFINITY;
      for await (const chunk of answer) {
        outgoing.write(chunk.subarray(0, left));
        left -= chunk.length;
        if (left > 0) continue;
        broken++;
        // Lets what was written leave first.
        setTimeout(() => outgoing.destroy(), 20);
        return;
      }
      outgoing.end();
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  };
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get broken() {
      return broken;
    },
    breakAfter: (bytes) => {
      breaks = [...bytes];
    },
    beforeGet: (n, action) => actions.set(n, action),
    reset: () => {
      breaks = [];
      broken = 0;
      gets = 0;
      actions.clear();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
