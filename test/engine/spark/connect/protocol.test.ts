import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DescFile, type DescMessage, fromBinary } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  type FieldDescriptorProto,
  FileDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import { expect, test } from 'vitest';
import { silentEffects } from '../../../../src/effects.ts';
import { file_spark_connect_base } from '../../../../src/engine/spark/connect/gen/spark/connect/base_pb.ts';
import { installSpark } from '../../../../src/engine/spark/server/install.ts';
import { sparkVersions } from '../../../../src/engine/spark/server/versions.ts';

const root = join(import.meta.dirname, '../../../..');

/** What a field is on the wire. */
function wire({ number, type, label }: FieldDescriptorProto) {
  return { number, type, label };
}

/** Messages by their full names. */
function messagesOf(file: DescFile): Map<string, DescMessage> {
  const messages = new Map<string, DescMessage>();
  const visit = (message: DescMessage) => {
    messages.set(message.typeName, message);
    message.nestedMessages.forEach(visit);
  };
  const visitFile = ({ messages, dependencies }: DescFile) => {
    messages.forEach(visit);
    dependencies.forEach(visitFile);
  };
  visitFile(file);
  return messages;
}

/** The descriptors that Spark's own Python client carries, by their full names. */
async function messagesOfSpark(home: string): Promise<Map<string, DescriptorProto>> {
  const messages = new Map<string, DescriptorProto>();
  const visit = (prefix: string, message: DescriptorProto) => {
    messages.set(`${prefix}.${message.name}`, message);
    for (const nested of message.nestedType) visit(`${prefix}.${message.name}`, nested);
  };
  const folder = join(home, 'sql/connect/proto');
  for (const name of (await readdir(folder)).filter((name) => name.endsWith('_pb2.py'))) {
    const python = await readFile(join(folder, name), 'latin1');
    const literal = /AddSerializedFile\(\s*b(['"])((?:\\.|(?!\1).)*)\1/s.exec(python)?.[2];
    if (literal === undefined) throw new Error(`${name} holds no descriptor.`);
    const file = fromBinary(FileDescriptorProtoSchema, bytesOfPython(literal));
    for (const message of file.messageType) visit(file.package, message);
  }
  return messages;
}

function bytesOfPython(literal: string): Uint8Array {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  const text = literal.replace(/\\(x([0-9a-f]{2})|([0-7]{1,3})|(.))/gs, (_, _all, hex, octal, one) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return named[one] ?? one;
  });
  return Buffer.from(text, 'latin1');
}

test.each(Object.entries(sparkVersions))(
  'every field has the number and type that the %s Spark gives it',
  async (name, version) => {
    const { home } = await installSpark({ version }, silentEffects);
    const theirs = await messagesOfSpark(home);
    let compared = 0;
    for (const [typeName, message] of messagesOf(file_spark_connect_base)) {
      const own = theirs.get(typeName);
      for (const { proto } of message.fields) {
        const field = own?.field.find((candidate) => candidate.name === proto.name);
        if (field === undefined) continue;
        compared += 1;
        expect({ [`${typeName}.${proto.name}`]: wire(proto) }).toEqual({
          [`${typeName}.${proto.name}`]: wire(field),
        });
      }
      // Types of which only the presence matters have messages of our own; older servers know less.
      if (name === 'newest' && !/\.(Empty|Sized|Interval)$/.test(typeName)) {
        const names = new Set(own?.field.map((field) => field.name));
        expect(message.fields.map(({ proto }) => proto.name).filter((field) => !names.has(field))).toEqual(
          [],
        );
      }
    }
    expect(compared).toBeGreaterThan(300);
  },
);

test.each([
  ['buf.gen.yaml', 6],
  ['buf.gen.onnx.yaml', 1],
])('the generated code is that of the protocol files of %s', async (file, least) => {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-proto-'));
  const template = await readFile(join(root, 'proto', file), 'utf8');
  const out = /out: (\S+)/.exec(template)?.[1] ?? '';
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
  await promisify(execFile)('buf', ['generate', '--template', template.replace(out, folder)], {
    cwd: join(root, 'proto'),
    env,
  });
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const committed = join(root, 'proto', out);
  expect(names.length).toBeGreaterThanOrEqual(least);
  expect(
    (await readdir(committed, { recursive: true })).filter((name) => name.endsWith('.ts')).sort(),
  ).toEqual(names);
  for (const name of names) {
    expect(await readFile(join(committed, name), 'utf8')).toBe(await readFile(join(folder, name), 'utf8'));
  }
  await rm(folder, { recursive: true });
});
