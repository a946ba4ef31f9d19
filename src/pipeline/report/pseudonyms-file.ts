import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pseudonymsOf } from '../../report/pseudonyms.ts';
import { recordsToCsv } from '../../table/csv.ts';
import type { Score } from '../score.ts';

/** Writes `pseudonyms.csv`, by which whoever has the folder finds the users that the report calls by pseudonyms. */
export async function writePseudonyms(folder: string, scores: readonly Score[]): Promise<void> {
  const pseudonyms = await pseudonymsOfRun(
    folder,
    scores.map(({ user }) => user),
  );
  const records = [...pseudonyms].map(([user, pseudonym]) => ({ pseudonym, user }));
  await writeFile(join(folder, 'pseudonyms.csv'), recordsToCsv(['pseudonym', 'user'], records));
}

/**
 * By user, a pseudonym whose key is the SHA-256 of the folder's ledger: no secret need be kept, and whoever can make the key
 * holds the names already.
 */
export async function pseudonymsOfRun(
  folder: string,
  users: readonly string[],
): Promise<Map<string, string>> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, 'ledger.parquet')), hash);
  return pseudonymsOf(users, hash.digest());
}
