import type { Engine } from '../engine/engine.ts';
import { identifier, literals } from '../engine/sql.ts';
import { dayMillis } from '../ledger/columns.ts';
import type { Matrix } from '../models/matrix.ts';
import { putNumbers, stringsOf, type Table } from '../table/table.ts';
import type { Feature, JoinedTable } from './feature.ts';
import { latestPlan } from './plan.ts';

/** What `lost` means: within the window after the cutoff, or ever (the retrospective protocol). */
export type Label =
  | {
      readonly kind: 'window';
      readonly leadDays: number;
      readonly horizonDays: number;
      /** Absent for the definition's loss. */
      readonly atRisk?: AtRisk | undefined;
    }
  | { readonly kind: 'ever' };

/**
 * Who is at risk of an outcome other than the loss, beside not having had it: nobody who is lost before the cutoff (in the relation
 * `endings`) and, where plans are named, only who is on one of them at the last event before it.
 */
export interface AtRisk {
  readonly plans?: readonly string[];
}

/** Examples by cutoff and user, with their features. `labels` is meaningless for cutoffs that are to be scored only. */
export interface ExampleRows {
  readonly users: readonly string[];
  /** Days since 1970. */
  readonly cutoffs: Int32Array;
  readonly labels: Uint8Array;
  readonly matrix: Matrix;
}

/** Features are to see so many days before the cutoff and no more. */
export interface LookBack {
  readonly days: number;
  /** All columns of the ledger. */
  readonly columns: readonly string[];
}

/**
 * SQL for the examples at the given cutoffs: everyone seen before the cutoff and not lost before it, `lost` 0 or 1,
 * and the features. Whoever is lost between the cutoff and the end of the lead stays in, as not lost in the window.
 */
export function examplesSql(
  features: readonly Feature[],
  cutoffs: readonly number[],
  label: Label,
  lookBack?: LookBack,
): string {
  const values = cutoffs.map((day) => `(cast(${day} as bigint))`).join(', ');
  const asColumn = ({ name, sql }: Feature) => `cast(${sql} as double) as ${identifier(name)}`;
  const columns = features.filter(({ from }) => from === undefined).map(asColumn);
  const joined = features.filter(({ from }) => from !== undefined).map(asColumn);
  const tables = new Set(features.flatMap(({ from }) => from ?? []));
  const lost = lostCondition(label);
  return `
    select ${['features.*', ...joined].join(',\n      ')}, cast(case when ${lost} then 1 else 0 end as double) as lost
    from (select ${['"user"', 'cutoff', ...columns].join(',\n      ')}
      from (select ${seenColumns(lookBack)}, cutoffs.cutoff from ledger
        join (values ${values}) as cutoffs (cutoff) on ledger.day < cutoffs.cutoff) as seen
      group by "user", cutoff ${onPlans(label)}) as features${[...tables].map((one) => joinTable(one, values)).join('')}
    left join losses on features."user" = losses."user"${
      hasOtherEnd(label)
        ? `
    left join endings on features."user" = endings."user"`
        : ''
    }
    where ${label.kind === 'ever' ? 'true' : stillThere(label)}`;
}

/** A row an example at most. Joined after the grouping, since Spark takes no subquery that depends on an example by more than equality. */
function joinTable({ table, isDated, columns }: JoinedTable, cutoffs: string): string {
  if (!isDated) return `\n    left join ${table} on features."user" = ${table}.w_user`;
  const latest = columns.map(
    (name) => `max_by(${name}, case when ${name} is not null then w_at end) as ${name}`,
  );
  return `
    left join (select w_user, w_cutoffs.w_cutoff, ${latest.join(', ')}
      from ${table} join (values ${cutoffs}) as w_cutoffs (w_cutoff) on w_at < w_cutoff * ${dayMillis}
      group by w_user, w_cutoff) as ${table} on features."user" = ${table}.w_user and features.cutoff = ${table}.w_cutoff`;
}

function hasOtherEnd(label: Label): boolean {
  return label.kind === 'window' && label.atRisk !== undefined;
}

function stillThere(label: Label): string {
  const notBefore = (relation: string) =>
    `${relation}.time is null or ${relation}.time >= cutoff * ${dayMillis}`;
  return hasOtherEnd(label) ? `(${notBefore('losses')}) and (${notBefore('endings')})` : notBefore('losses');
}

function onPlans(label: Label): string {
  const plans = label.kind === 'window' ? label.atRisk?.plans : undefined;
  return plans === undefined ? '' : `having ${latestPlan} in ${literals(plans)}`;
}

/** The rows of a table of examples, ordered by cutoff and user; the matrix lies in memory that threads share. */
export async function readExamples(
  engine: Engine,
  table: string,
  features: readonly Feature[],
): Promise<ExampleRows> {
  const names = features.map(({ name }) => name);
  // NaN already in the engine: a null costs the reader of a column more than all that is done with its value.
  const columns = names.map(identifier).map((name) => `coalesce(${name}, cast('NaN' as double)) as ${name}`);
  const select = `select ${['"user"', 'cutoff', 'lost', ...columns].join(', ')} from ${table} order by cutoff, "user"`;
  const batches: Table[] = [];
  for await (const batch of engine.batches(select)) batches.push(batch);
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  return {
    users: batches.flatMap((batch) => stringsOf(batch, 'user')),
    cutoffs: Int32Array.from(gather(batches, 'cutoff', new Float64Array(rows))),
    labels: Uint8Array.from(gather(batches, 'lost', new Float64Array(rows))),
    matrix: { rows, names, columns: names.map((name) => gather(batches, name, sharedNumbers(rows))) },
  };
}

function sharedNumbers(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** The numbers of a column of all the tables, one after the other. */
function gather(tables: readonly Table[], name: string, numbers: Float64Array): Float64Array {
  let start = 0;
  for (const table of tables) {
    putNumbers(table, name, numbers, start);
    start += table.rows;
  }
  return numbers;
}

/** Days before a look back are emptied, not left out: who was seen then alone is an example still. */
function seenColumns(lookBack: LookBack | undefined): string {
  if (lookBack === undefined) return 'ledger.*';
  return lookBack.columns
    .map((name) => {
      const column = `ledger.${identifier(name)}`;
      if (name === 'user') return column;
      return `case when ledger.day >= cutoffs.cutoff - ${lookBack.days} then ${column} end as ${identifier(name)}`;
    })
    .join(', ');
}

function lostCondition(label: Label): string {
  if (label.kind === 'ever') return 'losses.time is not null';
  const from = `(cutoff + ${label.leadDays}) * ${dayMillis}`;
  const to = `(cutoff + ${label.leadDays + label.horizonDays}) * ${dayMillis}`;
  return `losses.time >= ${from} and losses.time < ${to}`;
}
