import { UsageError } from '../../errors.ts';
import type { PreparedModel } from '../preparation/model.ts';
import { type PreparedColumn, UNKNOWN } from '../preparation/preparation.ts';
import type { Scaling } from '../preparation/scaling.ts';
import type { LevelRates } from '../preparation/target-encoding.ts';
import { type Columns, withColumns } from './columns.ts';
import type { ModelDialect } from './model-dialect.ts';
import { double } from './number.ts';

/**
 * The columns that the model within takes, made as `prepare` makes them, beside the columns `kept`. Logarithms and powers are the
 * engine's own, and equal to 1e-12.
 * @param inputs the table's columns: NULL where missing, −1 for a level that the model does not know.
 * @returns with the names of the columns, by feature of the model within.
 * @throws UsageError for scaling by quantiles.
 */
export function preparedColumns(
  columns: Columns,
  { preparation, model }: PreparedModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
  dialect: ModelDialect,
): { readonly columns: Columns; readonly inputs: readonly string[] } {
  const places = new Map(preparation.columns.map((column, k) => [column.name, k]));
  const used = model.features.flatMap((feature) => places.get(feature) ?? []);
  const names = used.map((k) => `${name}_prepared${k}`);
  const made = used.map((k, f) => {
    const column = preparation.columns[k];
    return [names[f], preparedSql(column, inputs[column.input], dialect)];
  });
  return { columns: withColumns(columns, Object.fromEntries(made), kept), inputs: names };
}

function preparedSql(column: PreparedColumn, x: string, dialect: ModelDialect): string {
  switch (column.part) {
    case 'value': {
      const { fill, scaling } = column;
      return scaledSql(scaling, fill === null ? x : `coalesce(${x}, ${double(fill)})`, column.name);
    }
    case 'missing':
      return flag(`${x} is null`);
    case 'level':
      return flag(`${x} = ${double(column.level)}`);
    case 'rate':
      return rateSql(column, x, dialect);
    case 'code':
      return `case when ${x} <> ${double(UNKNOWN)} then ${x} end`;
  }
}

function scaledSql(scaling: Scaling, x: string, name: string): string {
  switch (scaling.kind) {
    case 'none':
      return x;
    case 'linear':
      return `(${x} - ${double(scaling.center)}) / ${double(scaling.scale)}`;
    case 'log':
      return `sign(${x}) * ${logOnePlus(`abs(${x})`)}`;
    case 'yeo-johnson':
      return `(${yeoJohnson(x, scaling.lambda)} - ${double(scaling.center)}) / ${double(scaling.scale)}`;
    case 'quantile':
      throw new UsageError(
        `The column "${name}" is scaled by quantiles, which has no form in SQL: predict in memory, or fit with another scaling.`,
        { column: name },
      );
  }
}

function yeoJohnson(x: string, lambda: number): string {
  const above = power(logOnePlus(`greatest(${x}, ${double(0)})`), lambda);
  const below = power(logOnePlus(`-least(${x}, ${double(0)})`), 2 - lambda);
  return `case when ${x} >= ${double(0)} then ${above} when ${x} < ${double(0)} then -(${below}) end`;
}

/** (e^(λ · log) − 1) / λ, or the logarithm itself where λ is 0. */
function power(log: string, lambda: number): string {
  return lambda === 0 ? log : `(exp(${double(lambda)} * ${log}) - ${double(1)}) / ${double(lambda)}`;
}

function logOnePlus(x: string): string {
  return `ln(${double(1)} + ${x})`;
}

function rateSql(
  { rates, missing, overall }: LevelRates,
  x: string,
  { doubles, firstPlace }: ModelDialect,
): string {
  const known = rates.length === 0 ? double(overall) : `${doubles(rates)}[cast(${x} as int) + ${firstPlace}]`;
  return `case when ${x} is null then ${double(missing)} when ${x} = ${double(UNKNOWN)} then ${double(overall)} else ${known} end`;
}

function flag(condition: string): string {
  return `case when ${condition} then ${double(1)} else ${double(0)} end`;
}
