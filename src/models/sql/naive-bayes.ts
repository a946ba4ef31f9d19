import { evidenceOf, type NaiveBayesModel } from '../naive-bayes/model.ts';
import { type Columns, withColumns } from './columns.ts';
import { double } from './number.ts';
import { sumColumn } from './sum.ts';

/** A column `name` with the log-odds, as `logOddsOfNaiveBayes` sums them, beside the columns `kept`. */
export function naiveBayesColumn(
  columns: Columns,
  { prior, normals }: NaiveBayesModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
): Columns {
  const terms = normals.flatMap((pair, j) => {
    if (pair === null) return [];
    const { constant, stayed, lost } = evidenceOf(pair);
    const [d0, d1] = pair.means.map((mean) => `(${inputs[j]} - ${double(mean)})`);
    const evidence = `${double(constant)} + ${double(stayed)} * (${d0} * ${d0}) - ${double(lost)} * (${d1} * ${d1})`;
    return [`case when ${inputs[j]} is null then ${double(0)} else ${evidence} end`];
  });
  return withColumns(sumColumn(columns, name, double(prior), terms), {}, [...kept, name]);
}
