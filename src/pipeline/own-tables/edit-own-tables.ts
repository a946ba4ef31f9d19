import type { Engine } from '../../engine/engine.ts';
import { dayMillis } from '../../ledger/columns.ts';
import type { OwnTable } from './open-own-tables.ts';

/**
 * Changes every row of the dated tables from a cutoff on: a third is deleted, the values of the others are changed, and each user of the
 * table gets a new row at the very cutoff. No feature as of the cutoff may see any of it.
 */
export async function editOwnTables(
  engine: Engine,
  tables: readonly OwnTable[],
  cutoff: number,
): Promise<void> {
  for (const { table, features } of tables.filter(({ isDated }) => isDated)) {
    const columns = features.map((_, j) => `c${j}`);
    const changed = columns.map((c) => `coalesce(-3 * ${c} - 1, 7) as ${c}`).join(', ');
    const added = columns.map((c, j) => `cast(${1000 + j} as double) as ${c}`).join(', ');
    const at = cutoff * dayMillis;
    await engine.createTableAs(
      `${table}_edited`,
      `select * from ${table} where w_at < ${at}
      union all select w_user, w_at, ${changed} from ${table} where w_at > ${at} and hash(w_user, w_at) % 3 > 0
      union all select distinct w_user, cast(${at} as bigint) as w_at, ${added} from ${table}`,
    );
    await engine.createTableAs(table, `select * from ${table}_edited`);
    await engine.drop(`${table}_edited`);
  }
}
