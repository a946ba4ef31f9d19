import type { PredictionKernel } from './prediction-kernel.ts';
import type { TestedCategory } from './tested-features.ts';
import type { Tree } from './tree.ts';

/** Where a number stands in the block. */
export interface BlockNumber {
  readonly feature: number;
  /** Address of its column, where a missing one is NaN and so goes left; `right` where none goes left. */
  readonly address: number;
  /** Address of the same with Infinity for what is missing, which goes right. */
  readonly right: number | undefined;
}

/** Address of the codes of a category, four bytes each. Those from `others` on are this one, and a missing one is the next. */
export interface BlockCategory extends TestedCategory {
  readonly codes: number;
}

interface Columns {
  readonly numbers: readonly BlockNumber[];
  readonly categories: readonly BlockCategory[];
  /** Place in the block of the column of a tree's first test of a category, and bytes to the next. */
  readonly testColumns: { readonly first: number; readonly stride: number };
}

/** Bytes of a tree, and of a test of a category. */
export const RECORD = 12;

/** Room for the nodes of a tree. */
export function bytesOfNodes({ feature }: Tree): number {
  return PAIR + feature.length * NODE;
}

/** Writes trees into the memory of a kernel, one behind the other. */
export class TreeWriter {
  readonly #kernel: PredictionKernel;
  /** Places in the block by feature, of columns whose missing numbers go left and of those whose go right. */
  readonly #columns: readonly [number[], number[]] = [[], []];
  readonly #categories: BlockCategory[] = [];
  readonly #testColumns: Columns['testColumns'];
  #nodes: number;
  #trees: number;
  #tests: number;
  #sides: number;

  constructor(
    kernel: PredictionKernel,
    at: Readonly<Record<'nodes' | 'trees' | 'tests' | 'sides' | 'block', number>>,
    { numbers, categories, testColumns }: Columns,
  ) {
    this.#kernel = kernel;
    for (const { feature, address, right = address } of numbers) {
      this.#columns[0][feature] = address - at.block;
      this.#columns[1][feature] = right - at.block;
    }
    for (const category of categories) this.#categories[category.feature] = category;
    this.#testColumns = testColumns;
    this.#nodes = at.nodes;
    this.#trees = at.trees;
    this.#tests = at.tests;
    this.#sides = at.sides;
  }

  write(tree: Tree): void {
    const places = placesOf(tree, this.#nodes);
    const tests = this.#tests;
    let { first: column } = this.#testColumns;
    for (let i = 0; i < tree.feature.length; i++) {
      const feature = tree.feature[i];
      const set = tree.sets?.[i];
      if (feature < 0) {
        this.#writeNode(places[i], tree.value[i], 0, places[i]);
      } else if (set) {
        this.#writeTest(this.#categories[feature], set, tree.missing[i], column);
        this.#writeNode(places[i], 0, column, places[i + 1]);
        column += this.#testColumns.stride;
      } else {
        const numbers = this.#columns[tree.missing[i] === 1 ? 1 : 0];
        this.#writeNode(places[i], tree.threshold[i], numbers[feature], places[i + 1]);
      }
    }
    this.#kernel.codes.set([places[0], tests, (this.#tests - tests) / RECORD], this.#trees / 4);
    this.#trees += RECORD;
    this.#nodes += bytesOfNodes(tree);
  }

  #writeNode(place: number, number: number, column: number, left: number): void {
    const { numbers, codes } = this.#kernel;
    numbers[place / 8] = number;
    codes[place / 4 + 2] = column;
    codes[place / 4 + 3] = left;
  }

  #writeTest(
    { others, codes }: BlockCategory,
    set: readonly number[],
    missing: number,
    column: number,
  ): void {
    const sides = this.#kernel.bytes.subarray(this.#sides, this.#sides + others + 2).fill(RIGHT);
    for (const code of set) sides[code] = LEFT;
    if (missing === 0) sides[others + 1] = LEFT;
    this.#kernel.codes.set([this.#sides, codes, column], this.#tests / 4);
    this.#tests += RECORD;
    this.#sides += sides.length;
  }
}

const NODE = 16;
const PAIR = 32;

/** Highest bytes of numbers that compare with 0: of 0, and of one that is greater. */
const LEFT = 0;
const RIGHT = 63;

/** Addresses of a tree's nodes: the root, and then the children of each, in a pair that does not lie across two lines. */
function placesOf({ feature, right }: Tree, from: number): Uint32Array {
  const places = new Uint32Array(feature.length);
  let pair = Math.ceil((from + NODE) / PAIR) * PAIR;
  places[0] = pair - NODE;
  for (let i = 0; i < feature.length; i++) {
    if (feature[i] < 0) continue;
    places[i + 1] = pair;
    places[right[i]] = pair + NODE;
    pair += PAIR;
  }
  return places;
}
