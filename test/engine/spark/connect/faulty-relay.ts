import type { ServerUnaryCall, ServerWritableStream, ServiceDefinition, sendUnaryData } from '@grpc/grpc-js';
import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceError,
  type status,
} from '@grpc/grpc-js';
import { SparkConnectService } from '../../../../src/engine/spark/connect/gen/spark/connect/base_pb.ts';

/** What the relay does instead of passing on a response, or instead of asking Spark at all. */
export type Fault =
  | 'pass'
  /** Ends the stream as if all were said. */
  | 'end'
  /** Says nothing, for ever. */
  | 'silence'
  | { readonly code: status; readonly details: string };

export interface Upstream {
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
const most = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A gRPC server that passes everything on to a real Spark, byte for byte, but for the faults that a test asks for. */
export async function faultyRelay(upstream: Upstream): Promise<FaultyRelay> {
  const server = new Server(most);
  const calls: string[] = [];
  const clients = new Map<number, Client>();
  const clientOf = ({ port }: Upstream) => {
    const client = clients.get(port) ?? new Client(`127.0.0.1:${port}`, credentials.createInsecure(), most);
    clients.set(port, client);
    return client;
  };
  const count = (name: string) => {
    calls.push(name);
    return calls.filter((call) => call === name).length;
  };
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
  const metadataOf = ({ token }: Upstream) => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    return metadata;
  };

  const definition: Record<string, ServiceDefinition[string]> = {};
  const handlers: Record<string, (call: never, done: never) => void> = {};
  for (const method of SparkConnectService.methods) {
    const path = `/${SparkConnectService.typeName}/${method.name}`;
    const streamed = method.methodKind === 'server_streaming';
    definition[method.name] = {
      path,
      requestStream: method.methodKind === 'client_streaming',
      responseStream: streamed,
      requestSerialize: raw,
      requestDeserialize: raw,
      responseSerialize: raw,
      responseDeserialize: raw,
    };
    if (method.methodKind === 'client_streaming') {
      handlers[method.name] = (call: ServerReadableStream<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
        count(method.name);
        call.pipe(
          clientOf(relay.upstream).makeClientStreamRequest(path, raw, raw, metadataOf(relay.upstream), done),
        );
      };
      continue;
    }
    handlers[method.name] = streamed
      ? (call: ServerWritableStream<Buffer, Buffer>) => relayStream(method.name, path, call)
      : (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) =>
          relayUnary(method.name, path, call, done);
  }

  function relayUnary(
    name: string,
    path: string,
    call: ServerUnaryCall<Buffer, Buffer>,
    done: sendUnaryData<Buffer>,
  ): void {
    const fault = relay.onRequest(name, count(name));
    if (fault === 'silence') return;
    if (typeof fault === 'object') return void done(fault);
    clientOf(relay.upstream).makeUnaryRequest(path, raw, raw, call.request, metadataOf(relay.upstream), done);
  }

  function relayStream(name: string, path: string, call: ServerWritableStream<Buffer, Buffer>): void {
    const times = count(name);
    const fault = relay.onRequest(name, times);
    if (fault === 'silence') return;
    if (fault === 'end') return void call.end();
    if (typeof fault === 'object') {
      fail(call, fault);
      return;
    }
    const from = clientOf(relay.upstream).makeServerStreamRequest(
      path,
      raw,
      raw,
      call.request,
      metadataOf(relay.upstream),
    );
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
      if (verdict === 'pass') return void call.write(response);
      stop();
      if (verdict === 'end') call.end();
      if (typeof verdict === 'object') fail(call, verdict);
    });
    from.on('end', () => over || call.end());
    from.on('error', (error: ServiceError) => over || fail(call, error));
  }

  server.addService(definition, handlers as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return Object.assign(relay, { port });
}

function fail(call: ServerWritableStream<Buffer, Buffer>, error: Partial<ServiceError>): void {
  call.emit('error', error);
}
