import { InputError } from '../../errors.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import type { Located } from '../engine.ts';
import { SparkError } from './connect/error.ts';
import type { SparkSession } from './connect/session.ts';

/** The files below a URL or a glob of URLs, with their sizes; their content is not read. `table:NAME` stands for itself. */
export async function listFiles(session: SparkSession, url: string): Promise<Located[]> {
  if (url.startsWith('table:')) return [{ path: url, bytes: 0, remote: true }];
  const view = 'refrain_files';
  const files = session.read({
    format: 'binaryFile',
    paths: [withKnownScheme(url)],
    options: { recursiveFileLookup: 'true' },
  });
  try {
    await session.createTempView(view, files);
    const table = await session.collect(`select path, length from ${view} order by path`);
    const bytes = numbersOf(table, 'length');
    const located = stringsOf(table, 'path').map((path, i) => ({ path, bytes: bytes[i], remote: true }));
    if (located.length > 0) return located;
  } catch (cause) {
    if (!(cause instanceof SparkError) || cause.details.errorClass !== 'PATH_NOT_FOUND') throw cause;
  }
  throw new InputError(`The cluster finds no file at ${url}.`, { path: url });
}

/** Hadoop reads S3 under `s3a:`; the other names of that scheme mean the same objects. */
export function withKnownScheme(url: string): string {
  return url.replace(/^s3n?:\/\//, 's3a://');
}
