import { EngineError, UsageError } from '../../errors.ts';
import { numbersOf, recordsOf } from '../../table/table.ts';
import { SparkError } from './connect/error.ts';
import type { Relation } from './connect/relation.ts';
import type { SparkSession } from './connect/session.ts';
import type { Published, PublishOptions } from './publish-target.ts';
import { besideTable, checkTableName } from './table-name.ts';

/** What is published under a name. */
interface Publications {
  /** The runs whose tables may be there, in their order. */
  readonly runs: readonly string[];
  /** The one that readers see. */
  readonly current: string;
}

/** Makes a table of a relation and turns the view `name` to it; see `publish`. */
export async function publishTable(
  session: SparkSession,
  relation: Relation,
  name: string,
  options: PublishOptions,
): Promise<Published> {
  const { run } = options;
  checkTableName(name);
  checkRun(run);
  const before = await publicationsAt(session, name);
  if (before?.runs.includes(run)) throw taken(`${run} is published at ${name} already`, name);
  const rows = await createTable(session, relation, name, options);
  if (before === undefined) await createView(session, name, run);
  else await turnView(session, name, before, run);
  return { place: `table:${name}`, rows };
}

/** @throws UsageError where there is a table, or a view that was not made here. */
async function publicationsAt(session: SparkSession, name: string): Promise<Publications | undefined> {
  const properties = await readProperties(session, name);
  if (properties === undefined) return undefined;
  const runs = properties.get(property)?.split(',');
  if (runs === undefined) throw taken(`${name} is there and was not published by Refrain`, name);
  const described = recordsOf(await session.collect(`describe table extended ${name}`));
  const text = described.findLast((row) => row.col_name === 'View Text')?.data_type;
  const current = runs.find((run) => text === viewText(name, run));
  if (current === undefined) throw taken(`Somebody has changed the view ${name}`, name);
  return { runs, current };
}

async function readProperties(
  session: SparkSession,
  name: string,
): Promise<ReadonlyMap<unknown, string> | undefined> {
  try {
    const rows = recordsOf(await session.collect(`show tblproperties ${name}`));
    return new Map(rows.map(({ key, value }) => [key, String(value)]));
  } catch (cause) {
    if (hasClass(cause, 'TABLE_OR_VIEW_NOT_FOUND')) return undefined;
    throw cause;
  }
}

/** Spark shows a table that it makes of a query only when it is whole. */
async function createTable(
  session: SparkSession,
  relation: Relation,
  name: string,
  { run, format, partitionBy = [], rows, ...options }: PublishOptions,
): Promise<number> {
  const table = tableOf(name, run);
  const view = `refrain_publish_${run}`;
  await session.createTempView(view, relation, options);
  try {
    const using = format === undefined ? '' : `using ${quote(format)}`;
    const partitions =
      partitionBy.length === 0 ? '' : `partitioned by (${partitionBy.map(quote).join(', ')})`;
    await session
      .execute(`create table ${table} ${using} ${partitions} as select * from ${view}`, {}, options)
      .catch((cause) => {
        throw refusal(cause, table);
      });
  } finally {
    await session.execute(`drop view if exists ${view}`);
  }
  const count = numbersOf(await session.collect(`select count(*) as n from ${table}`), 'n')[0];
  if (rows === undefined || count === rows) return count;
  await session.execute(`drop table ${table}`);
  throw new EngineError(`${table} had ${count} rows where ${rows} were to be written: it was dropped.`, {
    table,
    count,
    rows,
  });
}

async function createView(session: SparkSession, name: string, run: string): Promise<void> {
  try {
    await session.execute(
      `create view ${name} tblproperties (${propertyOf([run])}) as ${viewText(name, run)}`,
    );
  } catch (cause) {
    if (!hasClass(cause, 'TABLE_OR_VIEW_ALREADY_EXISTS')) throw cause;
    await session.execute(`drop table ${tableOf(name, run)}`);
    throw taken(`Somebody else has made ${name} in the meantime`, name);
  }
}

/**
 * ALTER VIEW is one change in the metastore. CREATE OR REPLACE VIEW is not: Spark drops the view and makes it anew, and
 * readers fail in between (docs/decisions/storage.md).
 */
async function turnView(
  session: SparkSession,
  name: string,
  { runs, current }: Publications,
  run: string,
): Promise<void> {
  // First, so that a publication that breaks off here is cleared away by the next one.
  await session.execute(`alter view ${name} set tblproperties (${propertyOf([...runs, run])})`);
  await session.execute(`alter view ${name} as ${viewText(name, run)}`);
  for (const old of runs) {
    if (old !== current) await session.execute(`drop table if exists ${tableOf(name, old)}`);
  }
  await session.execute(`alter view ${name} set tblproperties (${propertyOf([current, run])})`);
}

/** Name of the view's property that holds the runs, with commas between. */
const property = 'refrain.publications';

function propertyOf(runs: readonly string[]): string {
  return `'${property}' = '${runs.join(',')}'`;
}

function viewText(name: string, run: string): string {
  return `select * from ${tableOf(name, run)}`;
}

function tableOf(name: string, run: string): string {
  return besideTable(name, `__${run}`);
}

function checkRun(run: string): void {
  if (/^\w+$/.test(run)) return;
  throw new UsageError(`${run} cannot name a publication: expected letters, digits and underscores.`, {
    run,
  });
}

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function taken(what: string, name: string): UsageError {
  return new UsageError(`${what}: nothing was changed. Give another name.`, { name });
}

function refusal(cause: unknown, table: string): unknown {
  if (hasClass(cause, 'TABLE_OR_VIEW_ALREADY_EXISTS')) return taken(`${table} is there already`, table);
  if (hasClass(cause, 'SCHEMA_NOT_FOUND')) {
    return new UsageError(
      `There is no database for ${table}: make it first (CREATE DATABASE), or correct the name.`,
      { table },
      { cause },
    );
  }
  return cause;
}

function hasClass(cause: unknown, errorClass: string): boolean {
  return cause instanceof SparkError && cause.details.errorClass === errorClass;
}
