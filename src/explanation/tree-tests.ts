import type { TreeInputs } from '../models/tree/inputs.ts';
import type { Tree } from '../models/tree/tree.ts';

/** The test of an inner node, on rows whose values have been prepared for it. */
export type NodeTest =
  /** Goes right where the rank is above the bar. */
  | { readonly kind: 'rank'; readonly ranks: Int32Array; readonly bar: number }
  /** Goes right where the level's mark is 1. */
  | { readonly kind: 'level'; readonly codes: Int32Array; readonly marks: Uint8Array };

/**
 * Prepares rows for the tests of trees: a number becomes how many of the model's thresholds it exceeds, so that a test is
 * one comparison of integers, with missing values too.
 * @param columns the trees' features, categories in their codes.
 */
export class PreparedRows {
  readonly #ranks: readonly Ranks[];
  readonly #codes: readonly (LevelCodes | undefined)[];

  constructor({ levels }: TreeInputs, trees: readonly Tree[], columns: readonly Float64Array[]) {
    const thresholds = thresholdsOf(trees, columns.length);
    this.#ranks = columns.map((column, f) => ranksOf(column, thresholds[f]));
    this.#codes = columns.map((column, f) => {
      const own = levels?.[f];
      return own ? codesOf(column, own.length) : undefined;
    });
  }

  testOf(tree: Tree, node: number): NodeTest {
    const feature = tree.feature[node];
    const missingRight = tree.missing[node] === 1;
    const codes = this.#codes[feature];
    const set = tree.sets?.[node];
    if (codes && set) return levelTest(codes, set, missingRight);
    const { thresholds, missingLeft, missingRight: right } = this.#ranks[feature];
    return {
      kind: 'rank',
      ranks: missingRight ? right : missingLeft,
      bar: placeOf(thresholds, tree.threshold[node]),
    };
  }
}

/** For rows start … start + size − 1: 1 where the row goes right. */
export function fillOutcomes(test: NodeTest, start: number, size: number, outcomes: Uint8Array): void {
  if (test.kind === 'rank') fillByRank(test.ranks, test.bar, start, size, outcomes);
  else fillByLevel(test.codes, test.marks, start, size, outcomes);
}

/** For rows start … start + size − 1: sets the bit in `patterns` where the row goes right. */
export function markOutcomes(
  test: NodeTest,
  start: number,
  size: number,
  bit: number,
  patterns: Int32Array,
): void {
  if (test.kind === 'rank') markByRank(test.ranks, test.bar, start, size, bit, patterns);
  else markByLevel(test.codes, test.marks, start, size, bit, patterns);
}

function markByRank(
  ranks: Int32Array,
  bar: number,
  start: number,
  size: number,
  bit: number,
  patterns: Int32Array,
): void {
  for (let i = 0; i < size; i++) patterns[i] |= ranks[start + i] > bar ? bit : 0;
}

function markByLevel(
  codes: Int32Array,
  marks: Uint8Array,
  start: number,
  size: number,
  bit: number,
  patterns: Int32Array,
): void {
  for (let i = 0; i < size; i++) patterns[i] |= -marks[codes[start + i]] & bit;
}

function fillByRank(ranks: Int32Array, bar: number, start: number, size: number, outcomes: Uint8Array): void {
  for (let i = 0; i < size; i++) outcomes[i] = ranks[start + i] > bar ? 1 : 0;
}

function fillByLevel(
  codes: Int32Array,
  marks: Uint8Array,
  start: number,
  size: number,
  outcomes: Uint8Array,
): void {
  for (let i = 0; i < size; i++) outcomes[i] = marks[codes[start + i]];
}

interface Ranks {
  readonly thresholds: Float64Array;
  /** A missing value exceeds no threshold. */
  readonly missingLeft: Int32Array;
  /** A missing value exceeds all thresholds. */
  readonly missingRight: Int32Array;
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

function ranksOf(column: Float64Array, thresholds: Float64Array): Ranks {
  const missingLeft = new Int32Array(column.length);
  let hasMissing = false;
  for (let i = 0; i < column.length; i++) {
    missingLeft[i] = placeOf(thresholds, column[i]);
    hasMissing ||= Number.isNaN(column[i]);
  }
  if (!hasMissing) return { thresholds, missingLeft, missingRight: missingLeft };
  const missingRight = missingLeft.map((rank, i) => (Number.isNaN(column[i]) ? thresholds.length : rank));
  return { thresholds, missingLeft, missingRight };
}

/** How many of the ascending values are below x; none for NaN. */
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

interface LevelCodes {
  /** A missing value has the code behind all levels. */
  readonly codes: Int32Array;
  readonly levels: number;
}

function codesOf(column: Float64Array, levels: number): LevelCodes {
  return { codes: Int32Array.from(column, (code) => (Number.isNaN(code) ? levels : code)), levels };
}

function levelTest({ codes, levels }: LevelCodes, set: readonly number[], missingRight: boolean): NodeTest {
  const marks = new Uint8Array(levels + 1).fill(1);
  for (const code of set) marks[code] = 0;
  marks[levels] = missingRight ? 1 : 0;
  return { kind: 'level', codes, marks };
}
