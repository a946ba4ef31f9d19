import { randomUUID } from 'node:crypto';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { Client, credentials, Metadata } from '@grpc/grpc-js';

/** Asks a server on this machine for its version: AnalyzePlan{spark_version} of the Spark Connect protocol. */
export async function askVersion(port: number, token: string): Promise<string> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  });
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  try {
    return await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        '/spark.connect.SparkConnectService/AnalyzePlan',
        (request: Uint8Array) => Buffer.from(request),
        (answer) => versionOf(answer),
        versionRequest(),
        metadata,
        { deadline: Number.POSITIVE_INFINITY },
        (error, version) => (error === null ? resolve(version ?? '') : reject(error)),
      );
    });
  } finally {
    client.close();
  }
}

function versionRequest(): Uint8Array {
  const field = (number: number, write: (writer: BinaryWriter) => BinaryWriter, writer: BinaryWriter) =>
    write(writer.tag(number, WireType.LengthDelimited));
  const sessionId = 1;
  const userContext = 2;
  const sparkVersion = 10;
  const writer = new BinaryWriter();
  field(sessionId, (w) => w.string(randomUUID()), writer);
  field(userContext, (w) => w.fork().tag(1, WireType.LengthDelimited).string('refrain').join(), writer);
  field(sparkVersion, (w) => w.fork().join(), writer);
  return writer.finish();
}

/** AnalyzePlanResponse.spark_version.version */
function versionOf(answer: Uint8Array): string {
  const inside = (bytes: Uint8Array, wanted: number): Uint8Array => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (number === wanted) return reader.bytes();
      reader.skip(wireType);
    }
    throw new Error('The server’s answer holds no version.');
  };
  return Buffer.from(inside(inside(answer, 8), 1)).toString('utf8');
}
