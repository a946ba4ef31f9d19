import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('results/', import.meta.url);

/** Keeps every number of a bench, the raw ones too; gives the file's name. */
export function writeResults(command, result) {
  const minute = result.date.slice(0, 16).replace(':', '');
  mkdirSync(folder, { recursive: true });
  const file = new URL(`${command}-${minute}.json`, folder);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return fileURLToPath(file);
}
