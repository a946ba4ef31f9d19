import { EngineError, UsageError } from '../../errors.ts';
import { numbersOf } from '../../table/table.ts';
import { SparkError } from './connect/error.ts';
import type { Relation } from './connect/relation.ts';
import type { RunOptions, SparkSession } from './connect/session.ts';
import { withKnownScheme } from './list-files.ts';
import type { Published, PublishOptions } from './publish-target.ts';

/** Writes a relation into a folder that holds nothing yet; see `publish`. */
export async function publishFiles(
  session: SparkSession,
  relation: Relation,
  url: string,
  options: PublishOptions,
): Promise<Published> {
  const { format = 'parquet', partitionBy = [], rows } = options;
  const path = withKnownScheme(url).replace(/(?<=[^:/])\/+$/, '');
  const there = await filesAt(session, path, options);
  if (there > 0) throw taken(url);
  // An attempt that failed leaves an empty folder, which SQL cannot remove: it is written over.
  const mode = there === 0 ? 'overwrite' : 'error';
  await session.write(relation, { format, path, mode, partitionBy }, options).catch((cause) => {
    throw hasClass(cause, 'PATH_ALREADY_EXISTS') ? taken(url) : cause;
  });
  const written = session.read({ format, paths: [escapeGlob(path)] });
  const count = await countRows(session, written, options);
  if (rows !== undefined && count !== rows) {
    throw new EngineError(`${url} holds ${count} rows where ${rows} were to be written.`, {
      url,
      count,
      rows,
    });
  }
  return { place: path, rows: count };
}

/** How many files Spark shows to readers there; -1 where there is not even a folder. */
async function filesAt(session: SparkSession, path: string, options: RunOptions): Promise<number> {
  const files = session.read({
    format: 'binaryFile',
    paths: [escapeGlob(path)],
    options: { recursiveFileLookup: 'true' },
  });
  try {
    return await countRows(session, files, options);
  } catch (cause) {
    if (hasClass(cause, 'PATH_NOT_FOUND')) return -1;
    throw cause;
  }
}

async function countRows(session: SparkSession, of: Relation, { signal }: RunOptions): Promise<number> {
  const count = session.sql('select count(*) as n from relation', {}, { relation: of });
  const table = await session.collect(count, signal === undefined ? {} : { signal });
  return numbersOf(table, 'n')[0];
}

/** Spark takes every path that it reads for a glob. */
function escapeGlob(path: string): string {
  return path.replaceAll(/[\\*?[\]{}]/g, '\\$&');
}

function taken(url: string): UsageError {
  return new UsageError(
    `There are files at ${url} already, and readers may rely on them: give a folder that is not there yet. (One without _SUCCESS is what a broken attempt has left.)`,
    { url },
  );
}

function hasClass(cause: unknown, errorClass: string): boolean {
  return cause instanceof SparkError && cause.details.errorClass === errorClass;
}
