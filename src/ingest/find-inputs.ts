import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, Location } from '../engine/engine.ts';
import { UsageError } from '../errors.ts';
import { type Inputs, isLogName, isUrl, locatedInputs, resolveInputs } from './inputs.ts';

/** Files, folders and globs of this machine, or what the engine finds at URLs and in its catalogue. @throws UsageError for a mixture; InputError. */
export async function findInputs(
  paths: readonly string[],
  engine: Engine,
  workFolder: string,
): Promise<Inputs> {
  const here = paths.filter((path) => !isUrl(path));
  const urls = paths.filter(isUrl);
  if (urls.length === 0) return resolveInputs(here);
  if (here.length > 0) {
    throw new UsageError(
      `The log lies partly in files of this machine (${here[0]}) and partly at URLs (${urls[0]}): give one or the other.`,
      { log: paths },
    );
  }
  const found: Location[] = [];
  for (const url of urls) {
    const folder = await mkdtemp(join(workFolder, 'download-'));
    found.push(await engine.locate(url, folder, isLogName));
  }
  return {
    files: locatedInputs(found.flatMap(({ files }) => files)),
    notes: found.flatMap(({ notes }) => notes),
  };
}
