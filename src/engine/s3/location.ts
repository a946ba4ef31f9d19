import { UsageError } from '../../errors.ts';
import { globRegExp, isGlob, literalPrefix } from './glob.ts';

/** What an S3 URL names. Keys are taken as they are written: nothing in them is percent-decoded. */
export interface S3Location {
  readonly url: string;
  readonly bucket: string;
  /** The object of exactly this key, where there is one; undefined for a whole folder or bucket. */
  readonly key: string | undefined;
  /** Else the objects whose keys begin so … */
  readonly prefix: string;
  /** … and, for a glob, match this. */
  readonly pattern: RegExp | undefined;
}

/** @throws UsageError for what is no `s3://bucket/key`, `s3a://…` or `s3n://…`. */
export function parseS3Url(url: string): S3Location {
  const match = /^s3[an]?:\/\/([^/]+)(?:\/(.*))?$/is.exec(url);
  if (match === null || /[*?[\]{}\s]/.test(match[1])) {
    throw new UsageError(
      `Cannot read ${url}: expected s3://bucket/key, s3://bucket/folder/ or a glob such as s3://bucket/logs/*.json.gz.`,
      { url },
    );
  }
  const [, bucket, path = ''] = match;
  const isFolder = path === '' || path.endsWith('/');
  if (!isGlob(path)) {
    const prefix = isFolder ? path : `${path}/`;
    return { url, bucket, key: isFolder ? undefined : path, prefix, pattern: undefined };
  }
  const glob = isFolder ? `${path}**` : path;
  return {
    url,
    bucket,
    // A key may hold the characters of a glob; the object of that very name goes first, as a file would.
    key: isFolder ? undefined : path,
    prefix: literalPrefix(glob),
    pattern: globRegExp(glob),
  };
}

/** The URL of an object, in the form that every tool reads. */
export function objectUrl(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}
