import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { EngineError, InputError } from '../../errors.ts';
import { literal } from '../sql.ts';

/** Copies the objects that an `s3://` URL or glob names into a folder, through DuckDB's httpfs extension. */
export async function downloadS3(
  connection: DuckDBConnection,
  url: string,
  folder: string,
): Promise<string[]> {
  await loadHttpfs(connection);
  await connection.run(s3Secret(process.env));
  const pattern = url.endsWith('/') ? `${url}**` : url;
  return copyFiles(connection, pattern, folder);
}

/** Copies the files of a glob that DuckDB can read, under numbered names that keep their endings. */
export async function copyFiles(
  connection: DuckDBConnection,
  pattern: string,
  folder: string,
): Promise<string[]> {
  const found = await connection.runAndReadAll(`select file from glob(${literal(pattern)}) order by file`);
  const files = found.getRows().map(([file]) => String(file));
  if (files.length === 0) throw new InputError(`No such object: ${pattern}.`, { path: pattern });
  const targets: string[] = [];
  for (const [index, file] of files.entries()) {
    const target = join(folder, `${String(index).padStart(5, '0')}-${basename(file)}`);
    await connection.run(
      `copy (select content from read_blob(${literal(file)})) to ${literal(target)} (format blob, compression 'none')`,
    );
    targets.push(target);
  }
  return targets;
}

async function loadHttpfs(connection: DuckDBConnection): Promise<void> {
  try {
    await connection.run('install httpfs; load httpfs');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new EngineError(
      `s3:// needs DuckDB's extension httpfs, which could not be loaded: ${why}\nInstall it on a machine that reaches DuckDB's extension server (INSTALL httpfs), or copy the objects (aws s3 sync) and give the folder.`,
      { extension: 'httpfs' },
      { cause },
    );
  }
}

/** The usual AWS variables; without them, public buckets. */
function s3Secret(env: NodeJS.ProcessEnv): string {
  const options = [
    ['key_id', env.AWS_ACCESS_KEY_ID],
    ['secret', env.AWS_SECRET_ACCESS_KEY],
    ['session_token', env.AWS_SESSION_TOKEN],
    ['region', env.AWS_REGION ?? env.AWS_DEFAULT_REGION],
    ['endpoint', env.AWS_ENDPOINT_URL_S3?.replace(/^https?:\/\//, '')],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${literal(value)}`]));
  return `create or replace secret (${['type s3', ...options].join(', ')})`;
}
