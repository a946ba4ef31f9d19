import type { Random } from '../../random.ts';
import { fitPreparation, type Term } from '../logistic-regression/preparation.ts';
import type { Examples, Matrix } from '../matrix.ts';
import { parameterCount } from '../network/feed-forward.ts';
import { layersOf } from '../network/layers.ts';
import { type NetworkInput, trainNetwork } from '../network/train.ts';
import { treeInputs } from '../tree/inputs.ts';
import { type Embedding, fillTerms, vectorOf } from './inputs.ts';
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
  const parameters = trainNetwork(shapes, activation, input, examples, settings, seed);
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

/** An embedding to learn; its vectors stand at `at` in the input's parameters. */
interface Table {
  readonly feature: number;
  /** Vectors: one a level, and one for missing and unknown levels. */
  readonly count: number;
  readonly size: number;
  readonly at: number;
}

/** Without it, a user far out on one feature moves the log-odds without bound: log loss on other users was 5 % worse. */
const CLIP = 'smooth';

const MAX_SIZE = 16;

/** About the square root of the number of levels a vector, so that parameters grow no faster than its power of 1.5. */
function embeddingTables({ columns, levels }: Matrix): Table[] {
  let at = 0;
  return columns.flatMap((_, feature) => {
    const own = levels?.[feature];
    if (!own) return [];
    const count = own.length + 1;
    const size = Math.min(MAX_SIZE, Math.ceil(Math.sqrt(count)));
    const table = { feature, count, size, at };
    at += size * count;
    return [table];
  });
}

function networkInput(
  terms: readonly Term[],
  tables: readonly Table[],
  columns: readonly Float64Array[],
): NetworkInput {
  const width = tables.reduce((sum, { size }) => sum + size, terms.length);
  const each = (rows: Int32Array, visit: (value: number, parameter: number) => void): void => {
    let place = terms.length;
    for (const { feature, count, size, at } of tables) {
      const codes = columns[feature];
      for (let i = 0; i < rows.length; i++) {
        const vector = at + vectorOf(codes[rows[i]], count) * size;
        for (let k = 0; k < size; k++) visit(i * width + place + k, vector + k);
      }
      place += size;
    }
  };
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

/** Uniform with variance 1, as standardised terms have; 0 for missing and unknown levels. */
function initialVectors(tables: readonly Table[], random: Random): Float64Array {
  const bound = Math.sqrt(3);
  return Float64Array.from(
    tables.flatMap(({ count, size }) => [
      ...Array.from({ length: (count - 1) * size }, () => bound * (2 * random.float() - 1)),
      ...new Array<number>(size).fill(0),
    ]),
  );
}

function embeddingsOf(tables: readonly Table[], own: Float64Array): Embedding[] {
  return tables.map(({ feature, count, size, at }) => ({
    feature,
    vectors: Array.from({ length: count }, (_, code) =>
      Array.from(own.subarray(at + code * size, at + (code + 1) * size)),
    ),
  }));
}
