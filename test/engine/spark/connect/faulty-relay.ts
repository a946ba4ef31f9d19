import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceError,
  type sendUnaryData,
  type status,
} from '@grpc/grpc-js';
import { SparkConnectService } from '../../../../src/engine/spark/connect/gen/spark/connect/base_pb.ts';

/** What the relay does instead of passing on a response, or instead of asking Spark at all. */
type Fault =
  | 'pass'
  /** Ends the stream as if all were said. */
  | 'end'
  /** Says nothing, for ever. */
  | 'silence'
  | { readonly code: status; readonly details: string };

interface Upstream {
  readonly port: number;
  readonly token: string;
}

export interface FaultyRelay {
  readonly port: number;
  /** The methods called, in order. */
  readonly calls: readonly string[];
  /** Where the next calls go. */
  upstream: Upstream;
  /** @param count calls of the method so far, this one included. */
  onRequest: (method: string, count: number) => Fault;
  /** @param index of the response within its stream. */
  onResponse: (method: string, count: number, index: number) => Fault;
  close(): Promise<void>;
}

const raw = (bytes: Buffer) => bytes;
const anySize = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A gRPC server that passes everything on to a real Spark, byte for byte, but for the faults that a test asks for. */
export async function faultyRelay(upstream: Upstream): Promise<FaultyRelay> {
  const server = new Server(anySize);
  const calls: string[] = [];
  const clients = new Map<number, Client>();
  const relay: FaultyRelay = {
    port: 0,
    calls,
    upstream,
    onRequest: () => 'pass',
    onResponse: () => 'pass',
    close: async () => {
      server.forceShutdown();
      for (const client of clients.values()) client.close();
    },
  };

  const client = () => {
    const { port } = relay.upstream;
    const known = clients.get(port) ?? new Client(`127.0.0.1:${port}`, credentials.createInsecure(), anySize);
    clients.set(port, known);
    return known;
  };
  const metadata = () => {
    const own = new Metadata();
    own.set('authorization', `Bearer ${relay.upstream.token}`);
    return own;
  };
  const count = (name: string) => {
    calls.push(name);
    return calls.filter((call) => call === name).length;
  };

  const unary =
    (name: string, path: string) => (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
      const fault = relay.onRequest(name, count(name));
      if (fault === 'silence') return;
      if (typeof fault === 'object') done(fault);
      else client().makeUnaryRequest(path, raw, raw, call.request, metadata(), done);
    };

  const upload =
    (name: string, path: string) =>
    (call: ServerReadableStream<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
      count(name);
      const to = client().makeClientStreamRequest(path, raw, raw, metadata(), done);
      call.on('data', (request: Buffer) => to.write(request));
      call.on('end', () => to.end());
    };

  const stream = (name: string, path: string) => (call: ServerWritableStream<Buffer, Buffer>) => {
    const times = count(name);
    const fault = relay.onRequest(name, times);
    if (fault === 'end') call.end();
    if (typeof fault === 'object') call.emit('error', fault);
    if (fault !== 'pass') return;
    const from = client().makeServerStreamRequest(path, raw, raw, call.request, metadata());
    let index = 0;
    let over = false;
    const stop = () => {
      over = true;
      from.cancel();
    };
    call.on('cancelled', stop);
    from.on('data', (response: Buffer) => {
      if (over) return;
      const verdict = relay.onResponse(name, times, index++);
      if (verdict === 'pass') return call.write(response);
      stop();
      if (verdict === 'end') call.end();
      if (typeof verdict === 'object') call.emit('error', verdict);
    });
    from.on('end', () => over || call.end());
    from.on('error', (error: ServiceError) => over || call.emit('error', error));
  };

  for (const { name, methodKind } of SparkConnectService.methods) {
    const path = `/${SparkConnectService.typeName}/${name}`;
    if (methodKind === 'unary') server.register(path, unary(name, path), raw, raw, 'unary');
    if (methodKind === 'server_streaming')
      server.register(path, stream(name, path), raw, raw, 'serverStream');
    if (methodKind === 'client_streaming')
      server.register(path, upload(name, path), raw, raw, 'clientStream');
  }
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return Object.assign(relay, { port });
}
