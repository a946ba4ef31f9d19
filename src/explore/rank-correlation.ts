import { denseRank } from '../evaluation/dense-rank.ts';

/**
 * Spearman's rank correlations of columns of one length, as a symmetric matrix. Of each pair only rows count in which neither is NaN, and
 * ranks are taken anew among them; ties share their mean rank. NaN where one of the two does not vary.
 */
export function rankCorrelations(columns: readonly Float64Array[]): Float64Array[] {
  const ranksBeside = rankings(columns);
  const matrix = columns.map(() => new Float64Array(columns.length));
  for (let a = 0; a < columns.length; a++) {
    for (let b = 0; b <= a; b++) {
      const value = pearson(ranksBeside(a, b), ranksBeside(b, a));
      matrix[a][b] = value;
      matrix[b][a] = value;
    }
  }
  return matrix;
}

/** Ranks of a column, less their mean. */
interface CentredRanks {
  /** By row; 0 where the row does not count. */
  readonly values: Float64Array;
  readonly sumOfSquares: number;
}

/** Ranks of one column in the rows in which another has a value too: the same for all others that miss the same rows. */
function rankings(columns: readonly Float64Array[]): (column: number, other: number) => CentredRanks {
  const ranked = columns.map(rankKnown);
  const alike = columns.map((column) => columns.findIndex((other) => missTheSame(column, other)));
  const known = columns.map(() => new Map<number, CentredRanks>());
  return (column, other) => {
    const ranks = known[column].get(alike[other]) ?? rankWhere(ranked[column], columns[other]);
    known[column].set(alike[other], ranks);
    return ranks;
  };
}

function missTheSame(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, row) => Number.isNaN(value) === Number.isNaN(b[row]));
}

/** The distinct values of a column, ranked. */
interface Ranked {
  /** By row; −1 where the value is missing. */
  readonly ranks: Int32Array;
  readonly distinct: number;
}

function rankKnown(column: Float64Array): Ranked {
  const known = column.filter((value) => !Number.isNaN(value));
  const { distinct, ranks } = denseRank(known);
  let next = 0;
  return {
    ranks: Int32Array.from(column, (value) => (Number.isNaN(value) ? -1 : ranks[next++])),
    distinct: distinct.length,
  };
}

/** Of the rows in which the other column has a value too; ties share their mean rank. */
function rankWhere({ ranks, distinct }: Ranked, other: Float64Array): CentredRanks {
  const counts = new Int32Array(distinct);
  let kept = 0;
  for (let row = 0; row < ranks.length; row++) {
    if (ranks[row] < 0 || Number.isNaN(other[row])) continue;
    counts[ranks[row]]++;
    kept++;
  }
  const centred = new Float64Array(distinct);
  let before = 0;
  let sumOfSquares = 0;
  for (let rank = 0; rank < distinct; rank++) {
    const after = before + counts[rank];
    centred[rank] = (before + after - kept) / 2;
    sumOfSquares += counts[rank] * centred[rank] ** 2;
    before = after;
  }
  const values = new Float64Array(ranks.length);
  for (let row = 0; row < ranks.length; row++) {
    if (ranks[row] >= 0 && !Number.isNaN(other[row])) values[row] = centred[ranks[row]];
  }
  return { values, sumOfSquares };
}

/** Correlation of two columns of ranks of the same rows. */
function pearson(a: CentredRanks, b: CentredRanks): number {
  const [left, right] = [a.values, b.values];
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  // Centred ranks are halves, and these sums exact below 2^53: two columns that rank alike give 1, and no more.
  const both = a.sumOfSquares * b.sumOfSquares;
  return both === 0 ? Number.NaN : sum / Math.sqrt(both);
}
