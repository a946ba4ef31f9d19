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
  const input = networkInput(terms, tables, matrix);
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
  { rows: count, columns }: Matrix,
): NetworkInput {
  const width = tables.reduce((sum, { size }) => sum + size, terms.length);
  const prepared = prepareTerms(terms, columns, count);
  const each = (rows: Int32Array, visit: (value: number, parameter: number) => void): void =>
    eachEmbedded(tables, columns, rows, { width, first: terms.length }, visit);
  return {
    width,
    initial: (random) => initialVectors(tables, random),
    fill: (rows, own, out) => {
      copyRows(prepared, terms.length, rows, width, out);
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

/** Rows that are prepared together, so that they stay in the cache. */
const BLOCK = 256;

/**
 * The terms of all rows, row-major. To gather them anew from the columns for each batch of shuffled rows took more than half of a fit's
 * time; in single precision they take half of the columns' memory.
 */
function prepareTerms(terms: readonly Term[], columns: readonly Float64Array[], rows: number): Float32Array {
  const prepared = new Float32Array(rows * terms.length);
  const block = new Float64Array(BLOCK * terms.length);
  for (let start = 0; start < rows; start += BLOCK) {
    const some = Int32Array.from({ length: Math.min(BLOCK, rows - start) }, (_, i) => start + i);
    fillTerms({ terms, clip: CLIP }, columns, some, terms.length, block);
    prepared.set(block.subarray(0, some.length * terms.length), start * terms.length);
  }
  return prepared;
}

/** Copies rows of `size` values to the first places of rows of `width`. */
function copyRows(from: Float32Array, size: number, rows: Int32Array, width: number, to: Float64Array): void {
  for (let i = 0; i < rows.length; i++) {
    const x = rows[i] * size;
    const y = i * width;
    for (let k = 0; k < size; k++) to[y + k] = from[x + k];
  }
}
