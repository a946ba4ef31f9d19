import type { Embedding } from '../multilayer-perceptron/inputs.ts';
import type { MultilayerPerceptronModel } from '../multilayer-perceptron/model.ts';
import type { Activation } from '../network/activation.ts';
import { LARGEST } from '../network/clip.ts';
import { type Columns, withColumns } from './columns.ts';
import { double } from './number.ts';
import { sigmoidColumns } from './sigmoid.ts';
import { sumColumn } from './sum.ts';
import { termSql } from './terms.ts';

/** A column `name` with the network's log-odds, layer by layer, beside the columns `kept`. */
export function perceptronColumn(
  columns: Columns,
  model: MultilayerPerceptronModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
): Columns {
  let [level, below] = inputColumns(columns, model, inputs, kept, name);
  model.layers.forEach(({ weights, biases }, depth) => {
    const last = depth === model.layers.length - 1;
    const units = weights.map((_, k) => (last ? name : `${name}_unit${depth}_${k}`));
    weights.forEach((unit, k) => {
      const products = unit.map((weight, j) => `${double(weight)} * ${below[j]}`);
      level = sumColumn(level, units[k], double(biases[k]), products);
    });
    level = withColumns(level, {}, [...kept, ...units]);
    if (!last) level = activatedColumns(level, model.activation, units, kept);
    below = units;
  });
  return level;
}

/** The columns that `fillInputs` writes, and their names. */
function inputColumns(
  columns: Columns,
  { terms, clip, embeddings }: MultilayerPerceptronModel,
  inputs: readonly string[],
  kept: readonly string[],
  name: string,
): [Columns, string[]] {
  const values = new Map(terms.map((term, k) => [`${name}_term${k}`, termSql(term, inputs[term.feature])]));
  const vectors = new Map(embeddings.flatMap((embedding) => vectorSql(embedding, inputs, name)));
  const names = [...values.keys(), ...vectors.keys()];
  const plain = withColumns(columns, Object.fromEntries([...values, ...vectors]), kept);
  if (clip === 'none') return [plain, names];
  const termNames = [...values.keys()];
  const others = [...kept, ...vectors.keys()];
  const bounded = (z: string) => `least(greatest(${z}, ${double(-LARGEST)}), ${double(LARGEST)})`;
  const clipped = (z: string) => {
    const third = `(${z} / ${double(3)})`;
    return `${z} / sqrt(${double(1)} + ${third} * ${third})`;
  };
  const level = [bounded, clipped].reduce(
    (result, change) => withColumns(result, Object.fromEntries(termNames.map((z) => [z, change(z)])), others),
    plain,
  );
  return [level, names];
}

/** A column a number of the vector, by its name. */
function vectorSql(
  { feature, vectors }: Embedding,
  inputs: readonly string[],
  name: string,
): [string, string][] {
  const unknown = vectors[vectors.length - 1];
  return unknown.map((rest, k) => {
    const cases = vectors
      .slice(0, -1)
      .map((vector, code) => `when ${double(code)} then ${double(vector[k])}`);
    const sql =
      cases.length === 0
        ? double(rest)
        : `case ${inputs[feature]} ${cases.join(' ')} else ${double(rest)} end`;
    return [`${name}_embedded${feature}_${k}`, sql];
  });
}

function activatedColumns(
  level: Columns,
  activation: Activation,
  units: readonly string[],
  kept: readonly string[],
): Columns {
  if (activation === 'logistic') return sigmoidColumns(level, units);
  const gates = units.map((unit) => `${unit}_gate`);
  const both = withColumns(level, Object.fromEntries(units.map((unit, k) => [gates[k], unit])));
  const products = units.map((unit, k) => [unit, `${unit} * ${gates[k]}`]);
  return withColumns(sigmoidColumns(both, gates), Object.fromEntries(products), kept);
}
