import type { MultilayerPerceptronModel } from '../multilayer-perceptron/model.ts';
import { type Columns, withColumns } from './columns.ts';
import { double } from './number.ts';
import { sigmoidColumns } from './sigmoid.ts';
import { sumColumn } from './sum.ts';
import { termSql } from './terms.ts';

/** A column `name` with the network's log-odds, layer by layer, beside the columns `kept`. */
export function perceptronColumn(
  columns: Columns,
  { terms, layers }: MultilayerPerceptronModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
): Columns {
  const termNames = terms.map((_, k) => `${name}_term${k}`);
  const termColumns = terms.map((term, k) => [termNames[k], termSql(term, inputs[term.feature])]);
  let level = withColumns(columns, Object.fromEntries(termColumns), kept);
  let below = termNames;
  layers.forEach(({ weights, biases }, depth) => {
    const last = depth === layers.length - 1;
    const units = weights.map((_, k) => (last ? name : `${name}_unit${depth}_${k}`));
    weights.forEach((unit, k) => {
      const products = unit.map((weight, j) => `${double(weight)} * ${below[j]}`);
      level = sumColumn(level, units[k], double(biases[k]), products);
    });
    level = withColumns(level, {}, [...kept, ...units]);
    if (!last) level = sigmoidColumns(level, units);
    below = units;
  });
  return level;
}
