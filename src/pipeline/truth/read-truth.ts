import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import { readJson } from './read-json.ts';
import { type TruthManifest, truthManifestSchema } from './truth-manifest.ts';

/** What `refrain simulate --truth` left. */
export interface Truth {
  readonly manifest: TruthManifest;
  /** Path of `truth.parquet`. */
  readonly rows: string;
}

/** @throws InputError when the folder is none of `refrain simulate --truth`. */
export async function readTruth(folder: string): Promise<Truth> {
  const manifest = await readJson(join(folder, 'truth.json'), truthManifestSchema, {
    absent: `There is no truth in ${folder}: give the folder that refrain simulate --truth made.`,
    wrong: 'is no manifest of a truth',
  });
  const rows = join(folder, 'truth.parquet');
  if (!(await stat(rows).catch(() => undefined))?.isFile()) {
    throw new InputError(`${rows} is missing: simulate the log again with --truth.`, { path: rows });
  }
  return { manifest, rows };
}
