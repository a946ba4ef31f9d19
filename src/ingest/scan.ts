import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import { numbersOf } from '../table/table.ts';
import { canonicalColumns, valuesAreGood } from './canonical.ts';
import { logFields } from './fields.ts';

/** What the engine made of the lines it could read; the others are counted a file in `rejected`. */
export interface Scan {
  readonly rows: number;
  readonly blank: number;
  readonly suspects: number;
  /** Bytes of the lines, line ends left out. */
  readonly lineBytes: number;
  readonly rejected: ReadonlyMap<string, number>;
}

/**
 * One pass over the lines into the table `raw`: the canonical columns, `line_bytes`, `blank`, and for a line that the
 * engine cannot vouch for its text and file in `suspect` and `suspect_file`. `bytes` is the size of the files.
 */
export async function scanLines(
  engine: Engine,
  paths: readonly string[],
  definition: Definition,
  bytes: number,
): Promise<Scan> {
  const relation = await engine.lines(paths, logFields(definition));
  await engine.execute('drop table if exists raw');
  await engine.execute(
    `create table raw as
    select ${canonicalSelect(engine, definition)},
      cast(coalesce(${engine.dialect.byteLength('line')}, 0) as bigint) as line_bytes,
      line is null as blank,
      case when line is not null and not sure then line end as suspect,
      case when line is not null and not sure then file end as suspect_file
    from (select *, coalesce(plain and ${valuesAreGood(definition, engine.dialect)}, false) as sure
      from (${relation.sql}))`,
    'parsing',
    bytes,
  );
  const counts = await engine.query(
    `select count(*) as n_rows, count(*) filter (where blank) as n_blank, count(suspect) as suspects,
      coalesce(sum(line_bytes), 0) as bytes from raw`,
  );
  return {
    rows: numbersOf(counts, 'n_rows')[0],
    blank: numbersOf(counts, 'n_blank')[0],
    suspects: numbersOf(counts, 'suspects')[0],
    lineBytes: numbersOf(counts, 'bytes')[0],
    rejected: await relation.rejected(),
  };
}

/** Adds lines that are known to be good. */
export async function appendLines(engine: Engine, path: string, definition: Definition): Promise<void> {
  const relation = await engine.lines([path], logFields(definition));
  await engine.execute(
    `insert into raw select ${canonicalSelect(engine, definition)}, cast(0 as bigint), false, null, null
    from (${relation.sql})`,
  );
}

function canonicalSelect(engine: Engine, definition: Definition): string {
  return canonicalColumns(definition, engine.dialect)
    .map(([name, sql]) => `${sql} as ${identifier(name)}`)
    .join(',\n      ');
}
