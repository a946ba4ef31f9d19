import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { type Cell, recordsOf } from '../../src/table/table.ts';
import { inFolder } from '../ingest/ingested.ts';

/** Every file at or below the paths, by its path in the folder, in Latin-1, so that unequal bytes are unequal text. */
export function bytesOf(folder: string, paths: readonly string[] = ['.']): Record<string, string> {
  const files = paths.flatMap((path) => filesBelow(join(folder, path)));
  return Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file, 'latin1')]));
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Rows of a CSV file without quoted fields, by the names in its header. */
export function plainCsv(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, fields[i]]));
  });
}

/** What DuckDB answers to a query that needs no tables but files. */
export function ask(sql: string): Promise<Record<string, Cell>[]> {
  return inFolder(async (workFolder) => {
    const engine = await openDuckdb({ workFolder }, silentEffects);
    try {
      return recordsOf(await engine.query(sql));
    } finally {
      await engine.close();
    }
  });
}
