/** Bins of values a feature may have; with bin 0 for missing values, a bin number fits a Uint8. */
export const MAX_VALUE_BINS = 255;

/** Fewer rows in a bin say too little about a threshold beside it (LightGBM's min_data_in_bin). */
const MIN_ROWS_IN_BIN = 3;

/** Values without NaN, ascending, with how many rows have each. */
export interface CountedValues {
  readonly values: Float64Array;
  readonly counts: Int32Array;
}

/**
 * The edges between bins of about equal numbers of rows: bin k holds edges[k − 1] < x ≤ edges[k]. A value
 * with many rows gets a bin of its own. After LightGBM's greedy search (Ke et al. 2017, `GreedyFindBin`). The
 * choice depends on the order of the values alone; an edge lies halfway between two of them.
 * @returns at most 254 edges, ascending; none for a constant.
 */
export function binEdges({ values, counts }: CountedValues): Float64Array {
  const lastOfBin = values.length <= MAX_VALUE_BINS ? smallBins(counts) : quantileBins(counts);
  return Float64Array.from(lastOfBin, (i) => between(values[i], values[i + 1]));
}

/** Few distinct values: each its own bin, save that rare ones join the next. */
function smallBins(counts: Int32Array): number[] {
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

function quantileBins(counts: Int32Array): number[] {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  const bins = Math.max(1, Math.min(MAX_VALUE_BINS, Math.floor(total / MIN_ROWS_IN_BIN)));
  const heavy = total / bins;
  let freeBins = bins;
  let freeRows = total;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] < heavy) continue;
    freeBins--;
    freeRows -= counts[i];
  }
  let target = freeRows / freeBins;
  const lastOfBin: number[] = [];
  let rows = 0;
  for (let i = 0; i < counts.length - 1 && lastOfBin.length < bins - 1; i++) {
    const isHeavy = counts[i] >= heavy;
    if (!isHeavy) freeRows -= counts[i];
    rows += counts[i];
    const beforeHeavy = counts[i + 1] >= heavy && rows >= Math.max(1, target / 2);
    if (!isHeavy && rows < target && !beforeHeavy) continue;
    lastOfBin.push(i);
    rows = 0;
    if (isHeavy) continue;
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
