import { UsageError } from '../../errors.ts';
import type { LogisticRegressionModel } from '../logistic-regression/model.ts';
import type { MemberModel } from '../member.ts';
import { CLIP } from '../stack/log-odds.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { type Columns, withColumns, without } from './columns.ts';
import type { ModelDialect } from './model-dialect.ts';
import { naiveBayesColumn } from './naive-bayes.ts';
import { double } from './number.ts';
import { perceptronColumn } from './perceptron.ts';
import { preparedColumns } from './prepared.ts';
import { sumColumn } from './sum.ts';
import { termSql } from './terms.ts';
import { treeSumColumn } from './trees.ts';

/**
 * A column `name` with the log-odds of a model, as `logOddsOfMember` gives them, beside the columns `kept`.
 * @param inputs the columns of the model's features, NULL where missing.
 * @throws UsageError for a model of sequences, or with columns that are scaled by quantiles.
 */
export function logOddsColumn(
  columns: Columns,
  model: MemberModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
  dialect: ModelDialect,
): Columns {
  switch (model.kind) {
    case 'logistic-regression':
      return linearColumn(columns, model, inputs, kept, name);
    case 'random-forest':
      return clippedLogOddsColumn(forestColumn(columns, model, inputs, kept, name, dialect), name);
    case 'gradient-boosting':
      return treeSumColumn(columns, { trees: model.trees, first: model.base }, inputs, kept, name, dialect);
    case 'multilayer-perceptron':
      return perceptronColumn(columns, model, inputs, kept, name);
    case 'temporal-convolution':
      throw new UsageError(
        'A temporal convolution has no form in SQL: score in memory, with refrain score and without --publish.',
      );
    case 'naive-bayes':
      return naiveBayesColumn(columns, model, inputs, kept, name);
    case 'prepared': {
      const within = preparedColumns(columns, model, inputs, kept, name, dialect);
      return logOddsColumn(within.columns, model.model, within.inputs, kept, name, dialect);
    }
  }
}

/** A column `name` with the probability that a forest gives, beside the columns `kept`. */
export function forestColumn(
  columns: Columns,
  { trees }: RandomForestModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
  dialect: ModelDialect,
): Columns {
  const sum = treeSumColumn(columns, { trees, first: 0 }, inputs, kept, name, dialect);
  return withColumns(sum, { [name]: `${name} / ${double(trees.length)}` }, kept);
}

function linearColumn(
  columns: Columns,
  { terms, coefficients, intercept }: LogisticRegressionModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
): Columns {
  const products = terms.map(
    (term, k) => `${double(coefficients[k])} * (${termSql(term, inputs[term.feature])})`,
  );
  return withColumns(sumColumn(columns, name, double(intercept), products), {}, [...kept, name]);
}

function clippedLogOddsColumn(columns: Columns, name: string): Columns {
  const rest = without(columns.names, [name]);
  const clipped = withColumns(
    columns,
    { [name]: `least(greatest(${name}, ${double(CLIP)}), ${double(1 - CLIP)})` },
    rest,
  );
  return withColumns(clipped, { [name]: `ln(${name} / (${double(1)} - ${name}))` }, rest);
}
