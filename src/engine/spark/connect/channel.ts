import {
  type DescMessage,
  type DescMethodClientStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { authority, isLoopback, type Remote } from './remote.ts';

const largestMessage = 128 * 1024 * 1024;

/** How long a call may take and what stops it. */
export interface CallLimits {
  /** Milliseconds. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

type Method = { readonly name: string; readonly parent: { readonly typeName: string } };

/** A gRPC connection to a Spark Connect server. Its calls fail with gRPC's own ServiceError. */
export class Channel {
  readonly #client: Client;
  readonly #metadata: Metadata;

  /** @param ca certificate authorities in PEM, in place of Node's own. */
  constructor(remote: Remote, ca?: string) {
    const tls = credentials.createSsl(ca === undefined ? null : Buffer.from(ca));
    this.#client = new Client(authority(remote), remote.tls ? tls : credentials.createInsecure(), {
      'grpc.max_receive_message_length': largestMessage,
      'grpc.max_send_message_length': largestMessage,
      // A server that vanished without a word is noticed after 80 s; servers punish more frequent pings.
      'grpc.keepalive_time_ms': 60_000,
      'grpc.keepalive_timeout_ms': 20_000,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 5_000,
      // Shared connections would make a new client wait out the backoff of an old one whose server went away.
      'grpc.use_local_subchannel_pool': 1,
      // Retries are ours, since only we know how to reattach.
      'grpc.enable_retries': 0,
      'grpc.enable_http_proxy': isLoopback(remote.host) ? 0 : 1,
    });
    this.#metadata = new Metadata();
    for (const [name, value] of Object.entries(remote.headers)) this.#metadata.set(name, value);
    if (remote.token !== undefined) this.#metadata.set('authorization', `Bearer ${remote.token}`);
  }

  /** One request, one response. */
  unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
    { deadline, signal }: CallLimits,
  ): Promise<MessageShape<O>> {
    return new Promise((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(
        pathOf(method),
        serializer(method.input),
        deserializer(method.output),
        request,
        this.#metadata,
        { deadline: deadlineIn(deadline) },
        settle(resolve, reject, () => signal?.removeEventListener('abort', cancel)),
      );
      const cancel = () => call.cancel();
      onAbort(signal, cancel);
    });
  }

  /** One request, many responses. Leaving the loop early cancels the call. */
  async *serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageShape<I>,
    signal?: AbortSignal,
  ): AsyncGenerator<MessageShape<O>> {
    const call = this.#client.makeServerStreamRequest(
      pathOf(method),
      serializer(method.input),
      deserializer(method.output),
      request,
      this.#metadata,
    );
    const cancel = () => call.cancel();
    onAbort(signal, cancel);
    try {
      yield* call;
    } finally {
      signal?.removeEventListener('abort', cancel);
      // The cancellation arrives as an error event after nobody listens any more, which would end the process.
      call.on('error', () => {});
      call.cancel();
    }
  }

  /** Many requests, one response; waits whenever the server is slower than we are. */
  clientStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodClientStreaming<I, O>,
    requests: Iterable<MessageShape<I>>,
    { deadline, signal }: CallLimits,
  ): Promise<MessageShape<O>> {
    return new Promise((resolve, reject) => {
      let settled = false;
      const call = this.#client.makeClientStreamRequest(
        pathOf(method),
        serializer(method.input),
        deserializer(method.output),
        this.#metadata,
        { deadline: deadlineIn(deadline) },
        settle(resolve, reject, () => {
          settled = true;
          signal?.removeEventListener('abort', cancel);
        }),
      );
      const cancel = () => call.cancel();
      onAbort(signal, cancel);
      const iterator = requests[Symbol.iterator]();
      const send = () => {
        while (!settled) {
          const next = iterator.next();
          if (next.done === true) return void call.end();
          if (!call.write(next.value)) return void call.once('drain', send);
        }
      };
      send();
    });
  }

  close(): void {
    this.#client.close();
  }
}

function pathOf(method: Method): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function serializer<M extends DescMessage>(schema: M): (message: MessageShape<M>) => Buffer {
  return (message) => {
    const bytes = toBinary(schema, message);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

function deserializer<M extends DescMessage>(schema: M): (bytes: Buffer) => MessageShape<M> {
  return (bytes) => fromBinary(schema, bytes);
}

function deadlineIn(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

function onAbort(signal: AbortSignal | undefined, cancel: () => void): void {
  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });
}

function settle<T>(resolve: (value: T) => void, reject: (cause: Error) => void, finish: () => void) {
  return (cause: ServiceError | null, response?: T) => {
    finish();
    if (cause !== null) reject(cause);
    else if (response === undefined) reject(new Error('The call ended without a response.'));
    else resolve(response);
  };
}
