import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface TcpProxy {
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: () => number;
  /** Breaks every open connection. */
  cut(): void;
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  /** Where to listen; by default a free port. */
  readonly listen?: number;
  /** Takes TLS off what comes in. */
  readonly tls?: TlsOptions;
  /** Breaks connection number `index` after this many bytes from the server. */
  readonly cutAfter?: (index: number) => number;
}

/** Passes bytes between a client and a server on this machine, and breaks connections when asked. */
export async function tcpProxy(port: number, options: TcpProxyOptions = {}): Promise<TcpProxy> {
  const { listen = 0, tls, cutAfter = () => Number.POSITIVE_INFINITY } = options;
  const open = new Set<Socket>();
  let accepted = 0;
  const serve = (near: Socket) => {
    const index = accepted++;
    const far = connect(port, '127.0.0.1');
    let bytes = 0;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        open.delete(socket);
        cut();
      });
    }
    far.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > cutAfter(index)) cut();
    });
    near.pipe(far);
    far.pipe(near);
  };
  const server: Server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  // A client that does not trust the certificate hangs up, which is no fault of the proxy's.
  server.on('tlsClientError', () => {});
  server.listen(listen, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    accepted: () => accepted,
    cut,
    close: async () => {
      cut();
      server.close();
    },
  };
}
