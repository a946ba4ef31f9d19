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

/** Ranks of one column in the rows in which another has a value too: the same for all others that miss the same rows. */
function rankings(columns: readonly Float64Array[]): (column: number, other: number) => Float64Array {
  const orders = columns.map(risingRows);
  const alike = columns.map((column) => columns.findIndex((other) => missTheSame(column, other)));
  const known = columns.map(() => new Map<number, Float64Array>());
  return (column, other) => {
    const ranks =
      known[column].get(alike[other]) ?? rankWhere(columns[column], orders[column], columns[other]);
    known[column].set(alike[other], ranks);
    return ranks;
  };
}

function missTheSame(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, row) => Number.isNaN(value) === Number.isNaN(b[row]));
}

/** Rows with a value, by value. */
function risingRows(column: Float64Array): Int32Array {
  return Int32Array.from(column.keys())
    .filter((row) => !Number.isNaN(column[row]))
    .sort((a, b) => column[a] - column[b] || a - b);
}

/** Mean ranks, from 1, of the rows in which the other column has a value too; 0 for all others. */
function rankWhere(column: Float64Array, order: Int32Array, other: Float64Array): Float64Array {
  const ranks = new Float64Array(column.length);
  const kept = order.filter((row) => !Number.isNaN(other[row]));
  for (let from = 0; from < kept.length; ) {
    let to = from + 1;
    while (to < kept.length && column[kept[to]] === column[kept[from]]) to++;
    for (let k = from; k < to; k++) ranks[kept[k]] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** Correlation of two columns of ranks; rows of rank 0 are left out. */
function pearson(a: Float64Array, b: Float64Array): number {
  let n = 0;
  for (let i = 0; i < a.length; i++) if (a[i] > 0) n++;
  const mean = (n + 1) / 2;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 0) continue;
    const da = a[i] - mean;
    const db = b[i] - mean;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  // Ranks are halves, and these sums exact below 2^53: two columns that rank alike give 1, and no more.
  return aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb);
}
