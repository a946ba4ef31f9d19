import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import { numbersOf } from '../table/table.ts';
import { canonicalColumns } from './canonical.ts';

/**
 * Turns `raw` into the table `log`, where no row stands twice: two rows are duplicates when all their canonical columns
 * are equal. Gives the number of rows left out.
 */
export async function deduplicate(engine: Engine, definition: Definition): Promise<number> {
  const names = canonicalColumns(definition, engine.dialect).map(([name]) => identifier(name));
  const columns = names.join(', ');
  const key = engine.dialect.hash(names);
  await engine.createTableAs(
    'repeated',
    `select key from (select ${key} as key from raw) group by key having count(*) > 1`,
    'looking for duplicates',
  );
  const [repeated] = numbersOf(await engine.query('select count(*) as n from repeated'), 'n');
  if (repeated === 0) {
    await engine.createView('log', `select ${columns} from raw`);
    return 0;
  }
  const keyed = `(select ${columns}, ${key} as key from raw) as keyed`;
  // Not `key not in (…)`, for which Spark sends all keys everywhere, since one might be null.
  const isRepeated = 'exists (select 1 from repeated where repeated.key = keyed.key)';
  await engine.createTableAs(
    'log',
    `select ${columns} from ${keyed} where not ${isRepeated}
    union all
    select distinct ${columns} from ${keyed} where ${isRepeated}`,
    'removing duplicates',
  );
  const counts = await engine.query(
    'select (select count(*) from raw) - (select count(*) from log) as duplicates',
  );
  await engine.drop('raw');
  return numbersOf(counts, 'duplicates')[0];
}
