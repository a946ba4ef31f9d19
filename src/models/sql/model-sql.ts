import type { Engine } from '../../engine/engine.ts';
import { identifier } from '../../engine/sql.ts';
import { InputError, UsageError } from '../../errors.ts';
import type { UncalibratedModel } from '../calibration/model.ts';
import type { Model } from '../model.ts';
import type { StackModel } from '../stack/model.ts';
import { calibratedColumn } from './calibrator.ts';
import { type Columns, withColumns, without } from './columns.ts';
import { featureSql } from './feature.ts';
import { forestColumn, logOddsColumn } from './member.ts';
import { type ModelDialect, modelDialects } from './model-dialect.ts';
import { double } from './number.ts';
import { preparedColumns } from './prepared.ts';
import { sigmoidColumns } from './sigmoid.ts';
import { sumColumn } from './sum.ts';

export interface ModelSqlTarget {
  /** What stands behind FROM: the name of a relation as SQL writes it, or a query in parentheses. */
  readonly from: string;
  /** Columns of the relation to hand on beside the probability. */
  readonly keep: readonly string[];
  /** Who shall run the query. */
  readonly engine: Engine['name'];
}

/** The column that `modelSql` adds. */
export const PROBABILITY = 'probability';

/**
 * A query that predicts: the columns to keep and `probability`, for each row of a relation that has the model's features
 * as columns by their names, numbers NULL or NaN where missing, categories as text. It equals `predict` bit for bit, being the same
 * operations in the same order, except that a stack with a random forest, a calibrated one, beta calibration, and a preparation by logarithms
 * or powers take the engine's logarithm and equal it to 1e-12. An infinite feature, or log-odds that overflow, makes it fail, as `predict` does.
 * @throws UsageError when a column to keep is called `probability`, or the model is of sequences, or scales by quantiles.
 * @throws InputError when features differ in nothing but the case of their letters, which DuckDB does not tell apart.
 */
export function modelSql(model: Model, { from, keep, engine }: ModelSqlTarget): string {
  if (keep.some((name) => name.toLowerCase() === PROBABILITY)) {
    throw new UsageError(`A column to keep is called "${PROBABILITY}", as is the one that the model adds.`);
  }
  if (engine === 'duckdb') checkCase(model.features);
  const dialect = modelDialects[engine];
  const kept = keep.map((_, k) => `kept${k}`);
  const inputs = model.features.map((_, j) => `x${j}`);
  const read = withColumns(
    { from, names: [] },
    {
      ...Object.fromEntries(keep.map((name, k) => [kept[k], identifier(name)])),
      ...Object.fromEntries(model.features.map((name, j) => [inputs[j], featureSql(model, name)])),
    },
  );
  const source = withColumns(read, { largest: largestOf(inputs) });
  const { from: predicted } = probabilityColumn(source, model, inputs, dialect);
  const output = keep.map((name, k) => `${kept[k]} as ${identifier(name)}`);
  return `select ${[...output, `${checked(model, dialect)} as ${PROBABILITY}`].join(', ')} from ${predicted}`;
}

/** A column `p`, and where the prediction is made of log-odds, a column `log_odds`. */
function probabilityColumn(
  columns: Columns,
  model: Model,
  inputs: readonly string[],
  dialect: ModelDialect,
): Columns {
  const kept = without(columns.names, inputs);
  if (model.kind === 'calibrated') {
    const logOdds = logOddsOfModel(columns, model.model, inputs, kept, dialect);
    return calibratedColumn(logOdds, model.calibrator, 'log_odds', 'p', dialect);
  }
  if (model.kind === 'random-forest') return forestColumn(columns, model, inputs, kept, 'p', dialect);
  if (model.kind === 'prepared' && model.model.kind === 'random-forest') {
    const within = preparedColumns(columns, model, inputs, kept, 'p', dialect);
    return forestColumn(within.columns, model.model, within.inputs, kept, 'p', dialect);
  }
  const both = withColumns(logOddsOfModel(columns, model, inputs, kept, dialect), { p: 'log_odds' });
  return sigmoidColumns(both, ['p']);
}

/** A column `log_odds`; those of a forest are clipped. */
function logOddsOfModel(
  columns: Columns,
  model: UncalibratedModel,
  inputs: readonly string[],
  kept: readonly string[],
  dialect: ModelDialect,
): Columns {
  return model.kind === 'stack'
    ? stackColumn(columns, model, inputs, dialect)
    : logOddsColumn(columns, model, inputs, kept, 'log_odds', dialect);
}

/** A column `log_odds`. */
function stackColumn(
  columns: Columns,
  { features, members, coefficients, intercept }: StackModel,
  inputs: readonly string[],
  dialect: ModelDialect,
): Columns {
  const inputOf = new Map(features.map((name, j) => [name, inputs[j]]));
  const names = members.map((_, m) => `member${m}`);
  const each = members.reduce((below, member, m) => {
    const own = member.features.flatMap((name) => inputOf.get(name) ?? []);
    return logOddsColumn(below, member, own, below.names, names[m], dialect);
  }, columns);
  const products = names.map((name, m) => `${double(coefficients[m])} * ${name}`);
  return sumColumn(each, 'log_odds', double(intercept), products);
}

/** The probability, or a failure where `predict` throws. */
function checked(model: Model, { fail }: ModelDialect): string {
  const infinite = 'A feature is infinite; expected a finite number, or NULL where it is missing.';
  const overflow = isForest(model)
    ? ''
    : `when log_odds = ${double(Number.NaN)} then ${fail('The features of a row are too large to predict from.')} `;
  return `case when largest = ${double(Number.POSITIVE_INFINITY)} then ${fail(infinite)} ${overflow}else p end`;
}

/** Whether a model gives a probability without log-odds. */
function isForest(model: Model): boolean {
  return (model.kind === 'prepared' ? model.model : model).kind === 'random-forest';
}

function largestOf(inputs: readonly string[]): string {
  return inputs.length === 0
    ? double(0)
    : `greatest(${[double(0), ...inputs.map((x) => `abs(${x})`)].join(', ')})`;
}

function checkCase(features: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of features) {
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined) {
      throw new InputError(
        `The features "${twin}" and "${name}" are one column to DuckDB, which does not tell capital letters from small ones: predict in memory instead.`,
        { features: [twin, name] },
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}
