import { InputError } from '../../errors.ts';
import type { Random } from '../../random.ts';
import type { Matrix } from '../matrix.ts';
import { type Embedding, vectorOf } from './inputs.ts';

/** An embedding to learn; its vectors stand at `at` in the input's parameters. */
export interface EmbeddingTable {
  readonly feature: number;
  /** Vectors: one a level, and one for missing and unknown levels. */
  readonly count: number;
  readonly size: number;
  readonly at: number;
}

const MAX_SIZE = 16;
const MAX_LEVELS = 100_000;

/**
 * About the square root of the number of levels a vector, so that parameters grow no faster than its power of 1.5.
 * @throws InputError for a category of more than 100,000 levels.
 */
export function embeddingTables({ names, columns, levels }: Matrix): EmbeddingTable[] {
  let at = 0;
  return columns.flatMap((_, feature) => {
    const own = levels?.[feature];
    if (!own) return [];
    if (own.length > MAX_LEVELS) {
      throw new InputError(
        `The category ${JSON.stringify(names[feature])} has ${own.length} levels; a network embeds ${MAX_LEVELS} at most. Leave it out, or encode it by its rate.`,
        { feature: names[feature], levels: own.length },
      );
    }
    const count = own.length + 1;
    const size = Math.min(MAX_SIZE, Math.ceil(Math.sqrt(count)));
    const table = { feature, count, size, at };
    at += size * count;
    return [table];
  });
}

/** Visits each number of the rows' vectors: its place among the rows' inputs, row-major, and among the parameters. */
export function eachEmbedded(
  tables: readonly EmbeddingTable[],
  columns: readonly Float64Array[],
  rows: Int32Array,
  { width, first }: { readonly width: number; readonly first: number },
  visit: (value: number, parameter: number) => void,
): void {
  let place = first;
  for (const { feature, count, size, at } of tables) {
    const codes = columns[feature];
    for (let i = 0; i < rows.length; i++) {
      const vector = at + vectorOf(codes[rows[i]], count) * size;
      for (let k = 0; k < size; k++) visit(i * width + place + k, vector + k);
    }
    place += size;
  }
}

/** Uniform with variance 1, as standardised terms have; 0 for missing and unknown levels. */
export function initialVectors(tables: readonly EmbeddingTable[], random: Random): Float64Array {
  const bound = Math.sqrt(3);
  return Float64Array.from(
    tables.flatMap(({ count, size }) => [
      ...Array.from({ length: (count - 1) * size }, () => bound * (2 * random.float() - 1)),
      ...new Array<number>(size).fill(0),
    ]),
  );
}

export function embeddingsOf(tables: readonly EmbeddingTable[], own: Float64Array): Embedding[] {
  return tables.map(({ feature, count, size, at }) => ({
    feature,
    vectors: Array.from({ length: count }, (_, code) =>
      Array.from(own.subarray(at + code * size, at + (code + 1) * size)),
    ),
  }));
}
