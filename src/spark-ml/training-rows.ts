import type { SparkSession } from '../engine/spark/connect/session.ts';
import { sparkSql } from '../engine/spark/spark-sql.ts';
import { identifier } from '../engine/sql.ts';
import type { Table } from '../table/table.ts';

/** Labelled rows on a cluster, some of which a learner trains on. */
export interface ClusterRows {
  readonly session: SparkSession;
  /** The relation's name as SQL writes it: the features as numeric columns, NULL or NaN where missing; `lost`, 0 or 1; and the key. */
  readonly view: string;
  readonly featureNames: readonly string[];
  /** Columns that tell the rows apart; by default `cutoff` and `user`. Models repeat because rows are trained on in their order. */
  readonly key?: readonly string[];
  /** Which rows to train on, as SQL about the relation's columns. */
  readonly trainCondition: string;
}

/** Runs SQL in the house's way of writing. */
export function collect(session: SparkSession, sql: string, signal: AbortSignal): Promise<Table> {
  return session.collect(sparkSql(sql), { signal });
}

export function keyOf({ key = ['cutoff', 'user'] }: Pick<ClusterRows, 'key'>): readonly string[] {
  return key;
}

/** A query of the training rows: `x0`, `x1` … for the features, NULL where missing, `lost`, and `key0`, `key1` …. */
export function trainingRowsSql(rows: ClusterRows): string {
  const features = rows.featureNames.map(
    (name, j) => `nullif(cast(${identifier(name)} as double), cast('NaN' as double)) as x${j}`,
  );
  const keys = keyOf(rows).map((name, k) => `${identifier(name)} as key${k}`);
  const columns = [...features, 'cast(lost as double) as lost', ...keys];
  return `select ${columns.join(', ')} from ${rows.view} where ${rows.trainCondition}`;
}
