import type { Definition } from '../definition/schema.ts';
import type { Engine, LineInput, LineRelation } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import { numbersOf, stringsOf } from '../table/table.ts';
import { canonicalColumns, valuesAreGood } from './canonical.ts';
import { logFields } from './fields.ts';

/** What the engine made of the lines it could read; the others are counted a path in `rejected`. */
export interface Scan {
  readonly relation: LineRelation;
  readonly rows: number;
  readonly blank: number;
  readonly suspects: number;
  /** Bytes of the lines, of local files without line ends; those of broken lines are counted apart. */
  readonly lineBytes: number;
  readonly brokenBytes: number;
  readonly rejected: ReadonlyMap<string, number>;
}

/**
 * One pass over the lines into the table `scanned`: the canonical columns, their hash in `row_key`, `line_bytes`, `blank`,
 * `broken`, and for a line that the engine cannot vouch for its text and file in `suspect` and `suspect_file`; a second one, more
 * closely, where there are too many of these. `bytes` is the size of the files.
 */
export async function scanLines(
  engine: Engine,
  inputs: readonly LineInput[],
  definition: Definition,
  bytes: number,
): Promise<Scan> {
  const relation = await engine.lines(inputs, logFields(definition));
  const first = await scanRelation(engine, relation.sql, definition, bytes);
  const isTooMany = relation.close !== undefined && first.suspects > Math.max(fewSuspects, first.rows / 100);
  const counts = isTooMany ? await scanRelation(engine, relation.close, definition, bytes) : first;
  const broken = counts.broken === 0 ? [] : await brokenLines(engine, relation);
  return { ...counts, relation, rejected: new Map([...(await relation.rejected()), ...broken]) };
}

/** So many lines are judged here faster than an engine looks at all of them closely. */
const fewSuspects = 20_000;

async function scanRelation(engine: Engine, lines: string, definition: Definition, bytes: number) {
  await engine.createTableAs(
    'scanned',
    `select *, ${rowKey(engine, definition)} from (select ${canonicalSelect(engine, definition)}, "bytes" as line_bytes, line is null as blank, broken,
      case when line is not null and not sure then line end as suspect,
      case when line is not null and not sure then file end as suspect_file
    from (select *, coalesce(plain and ${valuesAreGood(definition, engine.dialect)}, false) as sure
      from (${lines})))`,
    'parsing',
    bytes,
  );
  const counts = await engine.query(
    `select count(*) as n_rows, count(case when blank then 1 end) as n_blank, count(case when not broken then suspect end) as suspects,
      count(case when broken then 1 end) as n_broken,
      cast(coalesce(sum(case when not broken then line_bytes end), 0) as bigint) as line_bytes,
      cast(coalesce(sum(case when broken then line_bytes end), 0) as bigint) as broken_bytes from scanned`,
  );
  const count = (name: string) => numbersOf(counts, name)[0];
  return {
    rows: count('n_rows'),
    blank: count('n_blank'),
    suspects: count('suspects'),
    broken: count('n_broken'),
    lineBytes: count('line_bytes'),
    brokenBytes: count('broken_bytes'),
  };
}

async function brokenLines(engine: Engine, relation: LineRelation): Promise<[path: string, lines: number][]> {
  const table = await engine.query(
    'select suspect_file, count(*) as n_rows from scanned where broken group by suspect_file',
  );
  const lines = numbersOf(table, 'n_rows');
  return stringsOf(table, 'suspect_file').map((file, i) => [relation.pathOf(file), lines[i]]);
}

/** Makes the table `recovered` of lines that are known to be good, with the canonical columns and `row_key`. */
export async function readRecovered(engine: Engine, path: string, definition: Definition): Promise<void> {
  const relation = await engine.lines([{ path, format: 'json' }], logFields(definition));
  await engine.createTableAs(
    'recovered',
    `select *, ${rowKey(engine, definition)} from (select ${canonicalSelect(engine, definition)} from (${relation.sql}))`,
  );
}

function canonicalSelect(engine: Engine, definition: Definition): string {
  return canonicalColumns(definition, engine.dialect)
    .map(([name, sql]) => `${sql} as ${identifier(name)}`)
    .join(',\n      ');
}

function rowKey({ dialect }: Engine, definition: Definition): string {
  const names = canonicalColumns(definition, dialect).map(([name]) => identifier(name));
  return `${dialect.hash(names)} as row_key`;
}
