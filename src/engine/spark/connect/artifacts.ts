import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { Calls } from './calls.ts';
import { SparkError } from './error.ts';
import {
  type AddArtifactsRequest,
  AddArtifactsRequestSchema,
  ArtifactStatusesRequestSchema,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';
import type { Identity } from './identity.ts';

const chunkBytes = 1024 * 1024;

type Payload = MessageInitShape<typeof AddArtifactsRequestSchema>['payload'];

/**
 * Uploads bytes that the session can refer to by their hash, unless it has them already.
 *
 * @returns their SHA-256 in hexadecimal.
 * @throws SparkError | InterruptedError
 */
export async function uploadToCache(calls: Calls, bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const name = `cache/${hash}`;
  if (!(await isThere(calls, name, signal))) await uploadArtifact(calls, name, bytes, signal);
  return hash;
}

/**
 * Uploads bytes as an artifact of the session under the name that Spark gives its kind, such as `cache/…` or `files/…`.
 *
 * @throws SparkError | InterruptedError
 */
export async function uploadArtifact(
  calls: Calls,
  name: string,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  const options = { ...(signal && { signal }) };
  const { artifacts } = await calls.retried(options, (stop) =>
    calls.channel.clientStream(
      SparkConnectService.method.addArtifacts,
      requests(calls.identity(), name, bytes),
      { deadline: 10 * calls.timeout, ...(stop && { signal: stop }) },
    ),
  );
  if (artifacts.some((artifact) => artifact.name === name && artifact.isCrcSuccessful)) return;
  throw new SparkError(
    `Spark received ${name} otherwise than it was sent: its checksum differs. Try again.`,
    {
      errorClass: 'ARTIFACT_BROKEN',
      messageParameters: { name },
    },
  );
}

async function isThere(calls: Calls, name: string, signal: AbortSignal | undefined): Promise<boolean> {
  const { statuses } = await calls.unary(
    SparkConnectService.method.artifactStatus,
    (identity) => create(ArtifactStatusesRequestSchema, { ...identity, names: [name] }),
    { ...(signal && { signal }) },
  );
  return statuses[name]?.exists === true;
}

function* requests(identity: Identity, name: string, bytes: Uint8Array): Generator<AddArtifactsRequest> {
  const request = (payload: Payload) =>
    create(AddArtifactsRequestSchema, { ...identity, ...(payload && { payload }) });
  if (bytes.length <= chunkBytes) {
    yield request({ case: 'batch', value: { artifacts: [{ name, data: chunkOf(bytes) }] } });
    return;
  }
  const [initialChunk, ...rest] = chunksOf(bytes);
  const numChunks = BigInt(1 + rest.length);
  const value = { name, totalBytes: BigInt(bytes.length), numChunks, initialChunk };
  yield request({ case: 'beginChunk', value });
  for (const chunk of rest) yield request({ case: 'chunk', value: chunk });
}

function chunksOf(bytes: Uint8Array) {
  const count = Math.ceil(bytes.length / chunkBytes);
  return Array.from({ length: count }, (_, i) =>
    chunkOf(bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes)),
  );
}

function chunkOf(data: Uint8Array) {
  return { data, crc: BigInt(crc32(data)) };
}
