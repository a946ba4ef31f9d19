import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { Column, Table } from '../table/table.ts';
import type { Score } from './score.ts';

const reasonColumns = ['reason_1', 'reason_2', 'reason_3'] as const;

/** The score list as CSV, safe to open in a spreadsheet. */
export function scoresCsv(scores: readonly Score[]): string {
  return recordsToCsv(
    ['rank', 'user', 'probability', ...reasonColumns],
    scores.map(({ rank, user, probability, reasons }) => ({
      rank,
      user,
      probability,
      ...Object.fromEntries(reasonColumns.map((column, i) => [column, reasons[i]?.text ?? null])),
    })),
  );
}

/** Writes `scores.csv` and `scores.parquet`. */
export async function writeScores(folder: string, scores: readonly Score[], engine: Engine): Promise<void> {
  await writeFile(join(folder, 'scores.csv'), scoresCsv(scores));
  await engine.createTable('scores', scoresTable(scores));
  await engine.writeParquet('select * from scores order by rank', join(folder, 'scores.parquet'));
}

/** Leaves the ledger and the scores where the cluster keeps its data. */
export async function publishRun(
  target: string,
  engine: Engine,
  { now }: Pick<Effects, 'now'>,
): Promise<void> {
  const run = publicationName(now());
  await engine.publish('select * from ledger', placeBelow(target, 'ledger'), run);
  await engine.publish('select * from scores', placeBelow(target, 'scores'), run);
}

/** A name for what is published at a time. */
export function publicationName(now: number): string {
  return `run_${new Date(now).toISOString().replaceAll(/[^0-9]/g, '')}`;
}

/** `URL/name`, or `table:NAME_name`. */
function placeBelow(target: string, name: string): string {
  return target.startsWith('table:') ? `${target}_${name}` : `${target.replace(/\/+$/, '')}/${name}`;
}

function scoresTable(scores: readonly Score[]): Table {
  const valid = new Uint8Array(scores.length).fill(1);
  const columns: Column[] = [
    { type: 'int64', values: BigInt64Array.from(scores, ({ rank }) => BigInt(rank)), valid },
    { type: 'string', values: scores.map(({ user }) => user), valid },
    { type: 'float64', values: Float64Array.from(scores, ({ probability }) => probability), valid },
    ...reasonColumns.map(
      (_, i): Column => ({
        type: 'string',
        values: scores.map(({ reasons }) => reasons[i]?.text ?? ''),
        valid: Uint8Array.from(scores, ({ reasons }) => (reasons[i] === undefined ? 0 : 1)),
      }),
    ),
  ];
  return { rows: scores.length, names: ['rank', 'user', 'probability', ...reasonColumns], columns };
}
