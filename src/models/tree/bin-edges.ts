/** Bins of values a feature may have; with bin 0 for missing values, a bin number fits a Uint8. */
export const MAX_VALUE_BINS = 255;

/** Fewer rows in a bin say too little about a threshold beside it (LightGBM's min_data_in_bin). */
const MIN_ROWS_IN_BIN = 3;

/**
 * The edges between bins of about equal numbers of rows: bin k holds edges[k − 1] < x ≤ edges[k]. A value
 * with many rows gets a bin of its own. After LightGBM's greedy search (Ke et al. 2017, `GreedyFindBin`). The
 * choice depends on the order of the values alone; an edge lies halfway between two of them.
 * @param sorted values without NaN, ascending.
 * @returns at most 254 edges, ascending; none for a constant.
 */
export function binEdges(sorted: Float64Array): Float64Array {
  const { values, counts } = distinct(sorted);
  const lastOfBin = values.length <= MAX_VALUE_BINS ? smallBins(counts) : quantileBins(counts, sorted.length);
  return Float64Array.from(lastOfBin, (i) => between(values[i], values[i + 1]));
}

function distinct(sorted: Float64Array): { values: number[]; counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (values.length > 0 && values[values.length - 1] === value) counts[counts.length - 1]++;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values, counts };
}

/** Few distinct values: each its own bin, save that rare ones join the next. */
function smallBins(counts: readonly number[]): number[] {
  const lastOfBin: number[] = [];
  let rows = 0;
  for (let i = 0; i < counts.length - 1; i++) {
    rows += counts[i];
    if (rows < MIN_ROWS_IN_BIN) continue;
    lastOfBin.push(i);
    rows = 0;
  }
  return lastOfBin;
}

function quantileBins(counts: readonly number[], total: number): number[] {
  const bins = Math.max(1, Math.min(MAX_VALUE_BINS, Math.floor(total / MIN_ROWS_IN_BIN)));
  const heavy = counts.map((count) => count >= total / bins);
  let freeBins = bins - heavy.filter(Boolean).length;
  let freeRows = counts.reduce((rows, count, i) => (heavy[i] ? rows : rows + count), 0);
  let target = freeRows / freeBins;
  const lastOfBin: number[] = [];
  let rows = 0;
  for (let i = 0; i < counts.length - 1 && lastOfBin.length < bins - 1; i++) {
    if (!heavy[i]) freeRows -= counts[i];
    rows += counts[i];
    const beforeHeavy = heavy[i + 1] && rows >= Math.max(1, target / 2);
    if (!heavy[i] && rows < target && !beforeHeavy) continue;
    lastOfBin.push(i);
    rows = 0;
    if (heavy[i]) continue;
    freeBins--;
    target = freeRows / freeBins;
  }
  return lastOfBin;
}

/** Halfway between a < b without overflow, and below b even where nothing lies between. */
function between(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  return middle < b && middle >= a ? middle : a;
}
