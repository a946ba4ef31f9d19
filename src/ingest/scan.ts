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
 * One pass over the lines into the table `scanned`: the canonical columns, their hash in `row_key`, `line_bytes`, and `doubt`, null but for a
 * line that the engine cannot vouch for: its `text`, null where it is blank, its `file` and whether it is `broken`; a second one, more
 * closely, where there are too many of these. `bytes` is the size of the files.
 */
export async function scanLines(
  engine: Engine,
  inputs: readonly LineInput[],
  definition: Definition,
  bytes: number,
): Promise<Scan> {
  const relation = await engine.lines(inputs, logFields(definition));
  const { sql, close } = relation;
  const scan = (lines: string, isQuick: boolean) => scanRelation(engine, lines, definition, isQuick, bytes);
  const first = await scan(sql, close !== undefined);
  const isTooMany = close !== undefined && first.suspects > Math.max(fewSuspects, first.rows / 100);
  const counts = isTooMany ? await scan(close, false) : first;
  const broken = counts.broken === 0 ? [] : await brokenLines(engine, relation);
  return { ...counts, relation, rejected: new Map([...(await relation.rejected()), ...broken]) };
}

/** So many lines are judged here faster than an engine looks at all of them closely. */
const fewSuspects = 20_000;

async function scanRelation(
  engine: Engine,
  lines: string,
  definition: Definition,
  isQuick: boolean,
  bytes: number,
) {
  await engine.createScan(
    'scanned',
    `select *, ${rowKey(engine, definition)} from (select ${canonicalSelect(engine, definition)}, "bytes" as line_bytes,
      case when not coalesce(plain and ${valuesAreGood(definition, engine.dialect)}, false) then ${doubt(engine)} end as doubt
    from (${lines}))`,
    isQuick,
    bytes,
  );
  const counts = await engine.query(
    `select count(*) as n_rows, count(case when doubted and text is null then 1 end) as n_blank,
      count(case when not broken then text end) as suspects, count(case when broken then 1 end) as n_broken,
      cast(coalesce(sum(line_bytes), 0) as bigint) as all_bytes,
      cast(coalesce(sum(case when broken then line_bytes end), 0) as bigint) as broken_bytes
    from (select line_bytes, doubt is not null as doubted, doubt.text as text, doubt.broken as broken from scanned)`,
  );
  const count = (name: string) => numbersOf(counts, name)[0];
  return {
    rows: count('n_rows'),
    blank: count('n_blank'),
    suspects: count('suspects'),
    broken: count('n_broken'),
    lineBytes: count('all_bytes') - count('broken_bytes'),
    brokenBytes: count('broken_bytes'),
  };
}

async function brokenLines(engine: Engine, relation: LineRelation): Promise<[path: string, lines: number][]> {
  const table = await engine.query(
    'select doubt.file as suspect_file, count(*) as n_rows from scanned where doubt.broken group by doubt.file',
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

function doubt({ dialect }: Engine): string {
  return dialect.record([
    ['text', 'line'],
    ['file', 'file'],
    ['broken', 'broken'],
  ]);
}

/** Of what tells events apart, not of what is one for all of a user's: rows with one key are compared by all of their columns. */
function rowKey({ dialect }: Engine, definition: Definition): string {
  const names = canonicalColumns(definition, dialect).map(([name]) => name);
  const telling = names.filter((name) => !profile.has(name)).map(identifier);
  return `${dialect.hash(telling)} as row_key`;
}

const profile: ReadonlySet<string> = new Set(['registered', 'gender', 'location', 'agent']);
