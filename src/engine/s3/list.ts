import { InputError } from '../../errors.ts';
import type { S3Store } from './client.ts';
import { isForbidden, isMissingKey, s3Error } from './errors.ts';
import { objectUrl, type S3Location } from './location.ts';

/** An object as the store described it when it was listed. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly url: string;
  readonly bytes: number;
  /** Changes with the content. */
  readonly etag: string;
}

export interface Listing {
  readonly objects: readonly S3Object[];
  /** Objects of other kinds, which were passed over. */
  readonly others: number;
}

/**
 * The objects that a URL names, in the store's order of keys (UTF-8). Of a folder or a glob: those that `accept` takes
 * by name; hidden ones (a part of the key below the folder beginning with `.` or `_`) and markers of folders are left out.
 * @throws InputError when it names none; EngineError when the store cannot be asked.
 */
export async function listObjects(
  store: S3Store,
  location: S3Location,
  accept: (key: string) => boolean,
  signal: AbortSignal,
): Promise<Listing> {
  try {
    const exact = await headObject(store, location, signal);
    if (exact.object !== undefined) return { objects: [exact.object], others: 0 };
    const found = await listPrefix(store, location, signal);
    const objects = found.filter((object) => accept(object.key));
    if (objects.length === 0) throw exact.forbidden ?? nothingThere(location, found.length);
    return { objects, others: found.length - objects.length };
  } catch (cause) {
    throw s3Error(cause, location.url, store, signal);
  }
}

/** Those who may not list are told 403 of what is not there, too: then the listing decides. */
async function headObject(
  store: S3Store,
  { bucket, key }: S3Location,
  abortSignal: AbortSignal,
): Promise<{ readonly object?: S3Object; readonly forbidden?: unknown }> {
  if (key === undefined) return {};
  const command = new store.sdk.HeadObjectCommand({ Bucket: bucket, Key: key });
  try {
    const head = await store.client.send(command, { abortSignal });
    return { object: describeObject(bucket, key, head.ContentLength, head.ETag) };
  } catch (cause) {
    if (isForbidden(cause)) return { forbidden: cause };
    if (isMissingKey(cause)) return {};
    throw cause;
  }
}

async function listPrefix(
  store: S3Store,
  { bucket, prefix, pattern }: S3Location,
  abortSignal: AbortSignal,
): Promise<S3Object[]> {
  const pages = store.sdk.paginateListObjectsV2(
    { client: store.client },
    // Keys may hold characters that XML cannot.
    { Bucket: bucket, Prefix: prefix, EncodingType: 'url' },
    { abortSignal },
  );
  const objects: S3Object[] = [];
  for await (const page of pages) {
    for (const { Key, Size, ETag } of page.Contents ?? []) {
      const key = page.EncodingType === 'url' ? decodeKey(Key ?? '') : (Key ?? '');
      if (key.endsWith('/') || !isWanted(key, prefix, pattern)) continue;
      objects.push(describeObject(bucket, key, Size, ETag));
    }
  }
  return objects;
}

/** A glob shows hidden objects where it names them itself, as a shell's does. */
function isWanted(key: string, prefix: string, pattern: RegExp | undefined): boolean {
  if (pattern !== undefined && !pattern.test(key)) return false;
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const hidden = /(^|\/)[._]/.test(key.slice(folder.length));
  return !hidden || /(^|\/)[._]/.test(prefix.slice(folder.length));
}

function decodeKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('+', ' '));
}

/** @throws InputError where the store leaves out what makes a whole copy provable. */
function describeObject(
  bucket: string,
  key: string,
  bytes: number | undefined,
  etag: string | undefined,
): S3Object {
  const url = objectUrl(bucket, key);
  if (bytes === undefined || etag === undefined) {
    throw new InputError(
      `The store gives no size or ETag for ${url}: a copy could not be told from a broken one. Copy it by other means and give the folder.`,
      { url },
    );
  }
  return { bucket, key, url, bytes, etag };
}

function nothingThere({ url, pattern }: S3Location, passedOver: number): InputError {
  const what = pattern === undefined ? 'object or folder' : 'match';
  const others =
    passedOver === 0
      ? ''
      : ` (${passedOver} object${passedOver === 1 ? '' : 's'} of other kinds passed over)`;
  return new InputError(`There is no such ${what}: ${url}${others}.`, { url });
}
