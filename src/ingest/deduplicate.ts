import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import { numbersOf } from '../table/table.ts';
import { canonicalColumns } from './canonical.ts';

/** What became of the good lines. */
export interface RowCounts {
  readonly accepted: number;
  readonly anonymous: number;
  readonly duplicate: number;
}

/**
 * Makes `log` of the view `raw`, where no row stands twice: two rows are duplicates when all their canonical columns are equal.
 * Rows with a `row_key` of their own are none, and most logs have no others.
 */
export async function deduplicate(engine: Engine, definition: Definition): Promise<RowCounts> {
  const columns = canonicalColumns(definition, engine.dialect)
    .map(([name]) => identifier(name))
    .join(', ');
  const [repeated, rows, anonymous] = await readCounts(
    engine,
    `select count(case when n > 1 then 1 end) as repeated, cast(coalesce(sum(n), 0) as bigint) as n_rows,
      cast(coalesce(sum(n_anonymous), 0) as bigint) as n_anonymous
    from (select count(*) as n, count(case when anonymous then 1 end) as n_anonymous from ${byKey} group by row_key) as keys`,
  );
  if (repeated === 0) {
    await engine.createView('log', `select ${columns} from raw`);
    return { accepted: rows - anonymous, anonymous, duplicate: 0 };
  }
  await engine.createTableAs(
    'repeated',
    `select row_key from ${byKey} group by row_key having count(*) > 1`,
    'looking for duplicates',
  );
  // Not `row_key not in (…)`, for which Spark sends all keys everywhere, since one might be null.
  const isRepeated = 'exists (select 1 from repeated where repeated.row_key = raw.row_key)';
  await engine.createTableAs(
    'log',
    `select ${columns} from raw where not ${isRepeated}
    union all
    select distinct ${columns} from raw where ${isRepeated}`,
    'removing duplicates',
  );
  const [kept, keptAnonymous] = await readCounts(
    engine,
    'select count(*) as n_rows, count(case when anonymous then 1 end) as n_anonymous from log',
  );
  await engine.drop('repeated');
  await engine.drop('raw');
  return { accepted: kept - keptAnonymous, anonymous: keptAnonymous, duplicate: rows - kept };
}

/** The hint is to Spark alone: nearly all keys differ, and to group those of each task before they go to others takes twice the time. */
const byKey = '(select /*+ REPARTITION(row_key) */ row_key, anonymous from raw) as hashed';

/** The numbers of a query's only row. */
async function readCounts(engine: Engine, select: string): Promise<number[]> {
  const table = await engine.query(select);
  return table.names.map((name) => numbersOf(table, name)[0]);
}
