import { InputError } from '../../errors.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import type { Location } from '../engine.ts';
import { globRegExp, isGlob, literalPrefix } from '../s3/glob.ts';
import { SparkError } from './connect/error.ts';
import type { SparkSession } from './connect/session.ts';

/**
 * The files below a URL, or those that a glob of URLs names, with their sizes; their content is not read. A file that the URL names itself is
 * taken whatever its name. `table:NAME` stands for itself. @throws InputError where there is none.
 */
export async function listFiles(
  session: SparkSession,
  url: string,
  accept: (name: string) => boolean,
  signal: AbortSignal,
): Promise<Location> {
  if (url.startsWith('table:')) return { files: [{ path: url, bytes: 0, remote: true }], notes: [] };
  const wanted = withKnownScheme(url);
  // Hadoop's own globs fail on a folder in which one name holds a colon, so the glob's folder is listed whole.
  const pattern = isGlob(wanted) ? globRegExp(plain(wanted)) : undefined;
  const all = await filesBelow(
    session,
    pattern === undefined ? wanted : folderOf(literalPrefix(wanted)),
    signal,
  );
  const named = pattern === undefined ? all : all.filter(({ path }) => pattern.test(plain(path)));
  const files = named.filter(({ path }) => accept(path) || plain(path) === plain(wanted));
  if (files.length === 0) {
    throw new InputError(
      named.length === 0
        ? `The cluster finds no file at ${url}.`
        : `The cluster finds no log at ${url}, only ${named.length === 1 ? '' : 'files such as '}${named[0].path}.`,
      { path: url },
    );
  }
  const others = named.length - files.length;
  return {
    files,
    notes:
      others === 0 ? [] : [`${url}: ${others} file${others === 1 ? '' : 's'} of other kinds passed over.`],
  };
}

async function filesBelow(session: SparkSession, path: string, signal: AbortSignal) {
  const view = 'refrain_files';
  const files = session.read({
    format: 'binaryFile',
    paths: [path.replaceAll(/[\\{}[\]*?]/g, '\\$&')],
    options: { recursiveFileLookup: 'true' },
  });
  try {
    await session.createTempView(view, files, { signal });
    const table = await session.collect(`select path, length from ${view} order by path`, { signal });
    const bytes = numbersOf(table, 'length');
    return stringsOf(table, 'path').map((path, i) => ({ path, bytes: bytes[i], remote: true }));
  } catch (cause) {
    if (cause instanceof SparkError && cause.details.errorClass === 'PATH_NOT_FOUND') return [];
    throw cause;
  }
}

/** The folder that holds all matches of a glob which begins like this. */
function folderOf(prefix: string): string {
  return prefix.slice(0, prefix.lastIndexOf('/') + 1);
}

/** `file:/a` and `file:///a` are one. */
function plain(url: string): string {
  return url.replace(/^file:\/+/, 'file:/');
}

/** Hadoop reads S3 under `s3a:`; the other names of that scheme mean the same objects. */
export function withKnownScheme(url: string): string {
  return url.replace(/^s3n?:\/\//, 's3a://');
}
