import type { TreeInputs } from '../models/tree/inputs.ts';
import type { Tree } from '../models/tree/tree.ts';
import type { AttributionKernel } from './attribution-kernel.ts';

/** The test of an inner node, on rows whose values have been prepared for it. Addresses are into a kernel's memory. */
export type NodeTest =
  /** Goes right where the rank is above the bar. */
  | { readonly kind: 'rank'; readonly ranks: number; readonly bar: number }
  /** Goes right where the level's mark is 1. */
  | { readonly kind: 'level'; readonly codes: number; readonly marks: number };

/**
 * Prepares rows for the tests of trees: a number becomes how many of the model's thresholds it exceeds, so that a test is
 * one comparison of integers, with missing values too.
 * @param columns the trees' features, categories in their codes.
 */
export class PreparedRows {
  /** How many rows, with those that fill up the last four. */
  readonly rows: number;
  readonly kernel: AttributionKernel;
  readonly #features: readonly (Ranks | LevelCodes)[];

  constructor(
    kernel: AttributionKernel,
    { levels }: TreeInputs,
    trees: readonly Tree[],
    columns: readonly Float64Array[],
  ) {
    this.rows = byFours(columns[0]?.length ?? 0);
    this.kernel = kernel;
    const thresholds = thresholdsOf(trees, columns.length);
    const values = kernel.allocate(this.rows * 8);
    this.#features = columns.map((column, f) => {
      const own = levels?.[f];
      return own ? codesOf(kernel, column, own.length) : this.#ranksOf(column, thresholds[f], values);
    });
  }

  testOf(tree: Tree, node: number): NodeTest {
    const feature = this.#features[tree.feature[node]];
    const missingRight = tree.missing[node] === 1;
    if (feature.kind === 'levels')
      return levelTest(this.kernel, feature, tree.sets?.[node] ?? [], missingRight);
    const { thresholds, missingLeft, missingRight: right } = feature;
    return {
      kind: 'rank',
      ranks: missingRight ? right : missingLeft,
      bar: placeOf(thresholds, tree.threshold[node]),
    };
  }

  #ranksOf(column: Float64Array, thresholds: Float64Array, values: number): Ranks {
    const { kernel, rows } = this;
    const { length } = thresholds;
    const bars = kernel.allocate(length * 8);
    const missingLeft = kernel.allocate(rows * 4);
    kernel.floats.set(thresholds, bars / 8);
    kernel.floats.set(column, values / 8);
    const missing = kernel.call.rank(values, rows, bars, length, 0, missingLeft);
    if (missing === 0) return { kind: 'ranks', thresholds, missingLeft, missingRight: missingLeft };
    const missingRight = kernel.allocate(rows * 4);
    kernel.call.rank(values, rows, bars, length, length, missingRight);
    return { kind: 'ranks', thresholds, missingLeft, missingRight };
  }
}

/** Prepared rows that walk together, and room for a number of each. */
export interface Stretch {
  readonly start: number;
  /** A multiple of four. */
  readonly size: number;
  readonly scratch: number;
}

/** For the rows of a stretch: `after` is `before` with the bit set where a row goes the way that is asked for. */
export function markWay(
  { call }: AttributionKernel,
  test: NodeTest,
  way: 'left' | 'right',
  { start, size, scratch }: Stretch,
  bit: number,
  before: number,
  after: number,
): void {
  const others = way === 'left' ? -1 : 0;
  if (test.kind === 'rank') {
    call.setBit(test.ranks + 4 * start, test.bar, others, bit, before, after, size);
    return;
  }
  call.readMarks(test.codes + 4 * start, test.marks, size, scratch);
  call.setBit(scratch, 0, others, bit, before, after, size);
}

interface Ranks {
  readonly kind: 'ranks';
  readonly thresholds: Float64Array;
  /** A missing value exceeds no threshold. */
  readonly missingLeft: number;
  /** A missing value exceeds all thresholds. */
  readonly missingRight: number;
}

/** By feature: the thresholds of its tests, ascending, each once. */
function thresholdsOf(trees: readonly Tree[], features: number): Float64Array[] {
  const seen = Array.from({ length: features }, () => new Set<number>());
  for (const { feature, threshold } of trees) {
    feature.forEach((f, i) => {
      if (f >= 0) seen[f].add(threshold[i]);
    });
  }
  return seen.map((values) => Float64Array.from(values).sort());
}

/** How many of the ascending values are below x. */
function placeOf(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The kernel takes four rows at once. */
function byFours(rows: number): number {
  return Math.ceil(rows / 4) * 4;
}

interface LevelCodes {
  readonly kind: 'levels';
  /** A missing value has the code behind all levels. */
  readonly codes: number;
  readonly levels: number;
}

function codesOf(kernel: AttributionKernel, column: Float64Array, levels: number): LevelCodes {
  const rows = byFours(column.length);
  const codes = kernel.allocate(rows * 4);
  const { ints } = kernel;
  const at = codes / 4;
  for (let i = 0; i < column.length; i++)
    ints[at + i] = column[i] >= 0 && column[i] < levels ? column[i] : levels;
  ints.fill(levels, at + column.length, at + rows);
  return { kind: 'levels', codes, levels };
}

function levelTest(
  kernel: AttributionKernel,
  { codes, levels }: LevelCodes,
  set: readonly number[],
  missingRight: boolean,
): NodeTest {
  const marks = kernel.allocate(levels + 1);
  const { bytes } = kernel;
  bytes.fill(1, marks, marks + levels);
  for (const code of set) bytes[marks + code] = 0;
  bytes[marks + levels] = missingRight ? 1 : 0;
  return { kind: 'level', codes, marks };
}
