import { fitPreparation, type Term } from '../logistic-regression/preparation.ts';
import type { Examples, Matrix } from '../matrix.ts';
import { parameterCount } from '../network/feed-forward.ts';
import { layersOf } from '../network/layers.ts';
import type { NetworkInput } from '../network/network-plan.ts';
import { trainNetwork } from '../network/train.ts';
import { treeInputs } from '../tree/inputs.ts';
import {
  type EmbeddingTable,
  eachEmbedded,
  embeddingsOf,
  embeddingTables,
  initialVectors,
} from './embedding-tables.ts';
import { fillTerms } from './inputs.ts';
import type { MultilayerPerceptronModel } from './model.ts';
import type { MultilayerPerceptronSettings } from './settings.ts';

/** Trains the network; the examples were checked. */
export function fitPerceptron(
  examples: Examples,
  settings: MultilayerPerceptronSettings,
  seed: number,
): MultilayerPerceptronModel {
  const { matrix } = examples;
  const terms = termsOfNumbers(matrix);
  const tables = embeddingTables(matrix);
  const input = networkInput(terms, tables, matrix.columns);
  const sizes = [input.width, ...new Array<number>(settings.hiddenLayers).fill(settings.units), 1];
  const shapes = sizes.slice(1).map((units, k) => ({ positions: 1, inputs: sizes[k], units }));
  const activation = 'silu';
  const parameters = trainNetwork({ shapes, activation, input }, examples, settings, seed);
  return {
    kind: 'multilayer-perceptron',
    ...treeInputs(matrix),
    terms,
    clip: CLIP,
    embeddings: embeddingsOf(tables, parameters.subarray(parameterCount(shapes))),
    activation,
    layers: layersOf(shapes, parameters),
  };
}

/** The terms of the columns that hold numbers. */
function termsOfNumbers({ columns, levels }: Matrix): Term[] {
  const numbers = [...columns.keys()].filter((j) => !levels?.[j]);
  return fitPreparation(numbers.map((j) => columns[j])).map((term) => ({
    ...term,
    feature: numbers[term.feature],
  }));
}

/** Without it, a user far out on one feature moves the log-odds without bound: log loss on other users was 5 % worse. */
const CLIP = 'smooth';

function networkInput(
  terms: readonly Term[],
  tables: readonly EmbeddingTable[],
  columns: readonly Float64Array[],
): NetworkInput {
  const width = tables.reduce((sum, { size }) => sum + size, terms.length);
  const each = (rows: Int32Array, visit: (value: number, parameter: number) => void): void =>
    eachEmbedded(tables, columns, rows, { width, first: terms.length }, visit);
  return {
    width,
    initial: (random) => initialVectors(tables, random),
    fill: (rows, own, out) => {
      fillTerms({ terms, clip: CLIP }, columns, rows, width, out);
      each(rows, (value, parameter) => {
        out[value] = own[parameter];
      });
    },
    ...(tables.length === 0
      ? {}
      : {
          addGradient: (rows: Int32Array, slopes: Float64Array, gradient: Float64Array) =>
            each(rows, (value, parameter) => {
              gradient[parameter] += slopes[value];
            }),
        }),
  };
}
