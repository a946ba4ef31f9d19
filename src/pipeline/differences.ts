import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import { openDuckdb } from '../engine/duckdb/engine.ts';
import { literal } from '../engine/sql.ts';
import { stringsOf } from '../table/table.ts';

/** What only one of two files holds: a few of them. */
export interface Differences {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

const shown = 3;

/** Lines that one text has and the other has not, or not as often. */
export function differingLines(first: string, second: string): Differences {
  return { first: linesOnlyIn(first, second), second: linesOnlyIn(second, first) };
}

/** Rows, as JSON, that one Parquet file has and the other has not. */
export async function differingRows(first: string, second: string, effects: Effects): Promise<Differences> {
  const workFolder = await mkdtemp(join(tmpdir(), 'refrain-differences-'));
  const engine = await openDuckdb({ workFolder }, effects);
  const rows = (path: string) => `select to_json(t)::varchar as row from read_parquet(${literal(path)}) as t`;
  const onlyIn = async (one: string, other: string) => {
    const table = await engine.query(`${rows(one)} except all ${rows(other)} order by 1 limit ${shown}`);
    return [...stringsOf(table, 'row')];
  };
  try {
    return { first: await onlyIn(first, second), second: await onlyIn(second, first) };
  } finally {
    await engine.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}

function linesOnlyIn(one: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const line of other.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  const only: string[] = [];
  for (const line of one.split('\n')) {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    else if (only.length < shown) only.push(line);
  }
  return only;
}
