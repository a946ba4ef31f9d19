import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../../errors.ts';
import { stringsOf, type Table } from '../../table/table.ts';
import { SparkError } from './connect/error.ts';
import type { Relation } from './connect/relation.ts';
import type { SparkSession } from './connect/session.ts';

/** Whether the cluster reads the files of this machine under their names: it is asked for one that nobody else could have written. */
export async function sharesFiles(session: SparkSession, folder: string): Promise<boolean> {
  const path = join(folder, `probe-${randomUUID()}.txt`);
  const secret = randomUUID();
  await writeFile(path, secret);
  try {
    const table = await session.collect(session.read({ format: 'text', paths: [`file://${path}`] }));
    return stringsOf(table, 'value')[0] === secret;
  } catch (cause) {
    if (cause instanceof SparkError) return false;
    throw cause;
  } finally {
    await rm(path);
  }
}

/** Larger files belong where the cluster can read them. */
const largestUpload = 64 << 20;

/** The lines of files of this machine, as a relation with columns `file` and `value`, the line's bytes in base64. @throws InputError when they are too large. */
export async function uploadLines(session: SparkSession, paths: readonly string[]): Promise<Relation> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > largestUpload) {
    throw new InputError(
      `The cluster does not see the files of this machine, and ${bytes} bytes are too many to send it (at most ${largestUpload}): ${paths.slice(0, 3).join(', ')}.\nPut the log where the cluster reads it and give a URL such as s3://, hdfs:// or dbfs:/, or use the embedded engine.`,
      { paths: paths.slice(0, 10), bytes },
    );
  }
  const files: string[] = [];
  const lines: string[] = [];
  for (const path of paths) {
    const raw = await readFile(path);
    for (const line of linesOf(path.endsWith('.gz') ? gunzipSync(raw) : raw)) {
      files.push(path);
      lines.push(line.toString('base64'));
    }
  }
  return session.local(textTable({ file: files, value: lines }));
}

/** The lines as LF ends them. */
function* linesOf(content: Buffer): Generator<Buffer> {
  const mark = content.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) ? 3 : 0;
  let start = mark;
  for (let end = content.indexOf(10, start); end >= 0; end = content.indexOf(10, start)) {
    yield content.subarray(start, end);
    start = end + 1;
  }
  if (start < content.length) yield content.subarray(start);
}

/** A table of texts without nulls. */
export function textTable(columns: Readonly<Record<string, readonly string[]>>): Table {
  const names = Object.keys(columns);
  const rows = columns[names[0]].length;
  const valid = new Uint8Array(rows).fill(1);
  return { rows, names, columns: names.map((name) => ({ type: 'string', values: columns[name], valid })) };
}
