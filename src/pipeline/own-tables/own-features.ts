import type { Engine } from '../../engine/engine.ts';
import { identifier, literal } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import type { Feature } from '../../features/feature.ts';
import { stringsOf } from '../../table/table.ts';
import { isTime, kindOf } from '../tables/read-columns.ts';
import type { TableColumn, TableFile } from '../tables/table-file.ts';
import type { OwnTableRoles } from './find-roles.ts';

/** A feature's values in a table of a user's own. */
export interface OwnColumn {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  /** Over a row of the table: a number or null. */
  readonly sql: string;
  /** The values are days since 1970: as a feature they count back from the cutoff. */
  readonly isDay: boolean;
}

/** More levels would be a column each for a handful of users. */
const MOST_LEVELS = 20;

/**
 * Numbers as they are, dates as days before the cutoff, text as a 0/1 column a level.
 * @param wanted names of features of levels that no row may have.
 * @throws InputError for a type that is neither, or text with more than 20 levels.
 */
export async function ownColumns(
  engine: Engine,
  file: TableFile,
  { values }: OwnTableRoles,
  wanted: readonly string[],
): Promise<OwnColumn[]> {
  const columns: OwnColumn[] = [];
  for (const column of values) {
    if (kindOf(column, file.path) === 'category') {
      columns.push(...(await levelColumns(engine, file, column, wanted)));
    } else columns.push(numberColumn(column));
  }
  return columns;
}

function numberColumn({ name, type }: TableColumn): OwnColumn {
  const column = identifier(name);
  if (!isTime(type)) return { name, unit: '', meaning: name, sql: column, isDay: false };
  return { name, unit: 'days', meaning: `days since ${name}`, sql: `epoch(${column}) / 86400`, isDay: true };
}

async function levelColumns(
  engine: Engine,
  file: TableFile,
  { name }: TableColumn,
  wanted: readonly string[],
): Promise<OwnColumn[]> {
  const text = `cast(${identifier(name)} as varchar)`;
  const found = stringsOf(
    await engine.query(
      `select distinct ${text} as level from ${file.sql} where ${identifier(name)} is not null limit ${MOST_LEVELS + 1}`,
    ),
    'level',
  );
  if (found.length > MOST_LEVELS) {
    throw new InputError(
      `The column ${JSON.stringify(name)} of ${file.path} has more than ${MOST_LEVELS} different texts: leave it out, or make it numbers.`,
      { path: file.path, column: name },
    );
  }
  const prefix = `${name}=`;
  const also = wanted.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return [...new Set([...found, ...also])].sort().map((level) => ({
    name: `${prefix}${level}`,
    unit: '0/1',
    meaning: `${name} is ${level}`,
    sql: `case when ${text} is null then null when ${text} = ${literal(level)} then 1 else 0 end`,
    isDay: false,
  }));
}

/** Each column, in its order `c0`, `c1`, …, as a feature from the table. */
export function ownFeatures(
  table: string,
  isDated: boolean,
  path: string,
  columns: readonly OwnColumn[],
): Feature[] {
  const from = { table, isDated, columns: columns.map((_, j) => `c${j}`) };
  return columns.map(({ name, unit, meaning, isDay }, j) => ({
    name,
    theme: 'own tables',
    unit,
    meaning: `${meaning}${isDated ? ', latest before the cutoff' : ''}`,
    formula: `${isDated ? 'latest' : 'only'} ${name} of ${path}${isDay ? ', counted back from the cutoff' : ''}`,
    sql: isDay ? `features.cutoff - ${table}.c${j}` : `${table}.c${j}`,
    from,
  }));
}
