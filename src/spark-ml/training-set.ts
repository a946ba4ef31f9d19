import { randomUUID } from 'node:crypto';
import type { MlTransformer } from '../engine/spark/connect/ml-plan.ts';
import type { Relation } from '../engine/spark/connect/relation.ts';
import type { SparkSession } from '../engine/spark/connect/session.ts';
import { sparkSql } from '../engine/spark/spark-sql.ts';
import { NothingToLearnError } from '../errors.ts';
import type { ClassWeight } from '../models/class-weight.ts';
import type { Term } from '../models/logistic-regression/preparation.ts';
import { double } from '../models/sql/number.ts';
import { type Cell, recordsOf } from '../table/table.ts';
import { cleanUp } from './clean-up.ts';
import { type ColumnStatistics, columnStatistics } from './column-statistics.ts';
import { countTrainingRows, type TrainingCounts } from './counts.ts';
import { type ClusterRows, collect, keyOf, trainingRowsSql } from './training-rows.ts';

/** Training rows on the cluster, imputed, in one partition and in the order of their keys. */
export interface TrainingSet extends TrainingCounts {
  readonly session: SparkSession;
  readonly features: readonly string[];
  /** Columns of the design matrix, as in our logistic regression; a missing-value indicator has its place behind its feature. */
  readonly terms: readonly Term[];
  /** Rows with `features`, a vector of an entry a term; `lost`; and `weight`. */
  readonly dataset: (scale: Scale, classWeight: ClassWeight) => Relation;
}

/** Whether terms are standardised, or the imputed values and indicators of 0 and 1 themselves. */
type Scale = 'standardised' | 'plain';

/**
 * Lends the training set of some rows: counts, medians and moments are fitted on these rows alone. The imputed rows are
 * cached on the cluster for as long. In one partition and sorted, sums are always made in the same order, and
 * bootstrap samples of the same rows: Spark then gives the same model for the same rows and seed.
 * @throws InputError, NothingToLearnError as a learner does; EngineError; InterruptedError.
 */
export async function withTrainingSet<T>(
  rows: ClusterRows,
  signal: AbortSignal,
  use: (training: TrainingSet) => Promise<T>,
): Promise<T> {
  const counts = await countTrainingRows(rows, signal);
  const statistics = await columnStatistics(rows, counts.rows, signal);
  const columns = imputedColumns(statistics, counts.rows);
  if (columns.length === 0) {
    throw new NothingToLearnError(
      `None of the ${rows.featureNames.length} features varies among the ${counts.rows} training examples.`,
    );
  }
  const table = `training_${randomUUID().replaceAll('-', '')}`;
  await rows.session.execute(sparkSql(cacheSql(rows, columns, table)), {}, { signal });
  return cleanUp(
    async () => {
      const terms = await fitTerms(rows.session, columns, table, signal);
      return use(trainingSet(rows, counts, terms, table));
    },
    async () => {
      await rows.session.execute(`uncache table if exists ${table}`);
      await rows.session.execute(`drop view if exists ${table}`);
    },
  );
}

/** A column of the cached table. */
type ImputedColumn =
  | { readonly part: 'value'; readonly feature: number; readonly median: number }
  | { readonly part: 'missing'; readonly feature: number; readonly mean: number };

function imputedColumns(statistics: readonly ColumnStatistics[], rows: number): ImputedColumn[] {
  return statistics.flatMap(({ present, varies, median }, feature) => {
    const columns: ImputedColumn[] = [];
    if (varies) columns.push({ part: 'value', feature, median });
    if (present > 0 && present < rows) {
      columns.push({ part: 'missing', feature, mean: (rows - present) / rows });
    }
    return columns;
  });
}

function cacheSql(rows: ClusterRows, columns: readonly ImputedColumn[], table: string): string {
  const keys = keyOf(rows).map((_, k) => `key${k}`);
  const values = columns.map((column, k) =>
    column.part === 'value'
      ? `coalesce(x${column.feature}, ${double(column.median)}) as v${k}`
      : `case when x${column.feature} is null then ${double(1)} else ${double(0)} end as v${k}`,
  );
  return `cache table ${table} as
    select /*+ REPARTITION(1) */ ${[...values, 'lost', ...keys].join(', ')}
    from (${trainingRowsSql(rows)}) sort by ${keys.join(', ')}`;
}

/** Means and population standard deviations; a term without spread is none, as after rounding of tiny values. */
async function fitTerms(
  session: SparkSession,
  columns: readonly ImputedColumn[],
  table: string,
  signal: AbortSignal,
): Promise<Term[]> {
  const moments = columns.flatMap((_, k) => [`avg(v${k}) as mean${k}`, `stddev_pop(v${k}) as sd${k}`]);
  const [found] = recordsOf(await collect(session, `select ${moments.join(', ')} from ${table}`, signal));
  return columns.map((column, k) => termOf(column, found, k));
}

function termOf(column: ImputedColumn, found: Record<string, Cell>, k: number): Term {
  const { feature } = column;
  if (column.part === 'missing') {
    const { mean } = column;
    return { feature, part: 'missing', mean, sd: Math.sqrt(mean * (1 - mean)) };
  }
  const sd = Number(found[`sd${k}`]);
  return {
    feature,
    part: 'value',
    median: column.median,
    mean: Number(found[`mean${k}`]),
    sd: sd > 0 ? sd : 1,
  };
}

function trainingSet(
  { session, featureNames }: ClusterRows,
  counts: TrainingCounts,
  terms: readonly Term[],
  table: string,
): TrainingSet {
  const dataset = (scale: Scale, classWeight: ClassWeight): Relation => {
    const values = terms.map(({ mean, sd }, k) =>
      scale === 'standardised' ? `(v${k} - ${double(mean)}) / ${double(sd)} as v${k}` : `v${k}`,
    );
    const sql = `select ${[...values, 'lost', `${weightSql(counts, classWeight)} as weight`].join(', ')} from ${table}`;
    return session.ml.transform(assembler(terms.length), session.sql(sql));
  };
  return { ...counts, session, features: featureNames, terms, dataset };
}

function weightSql({ rows, lost }: TrainingCounts, classWeight: ClassWeight): string {
  if (classWeight === 'none') return double(1);
  const [ofStayed, ofLost] = [rows / (2 * (rows - lost)), rows / (2 * lost)];
  return `case when lost = 1 then ${double(ofLost)} else ${double(ofStayed)} end`;
}

function assembler(terms: number): MlTransformer {
  return {
    name: 'org.apache.spark.ml.feature.VectorAssembler',
    params: { inputCols: Array.from({ length: terms }, (_, k) => `v${k}`), outputCol: 'features' },
  };
}
