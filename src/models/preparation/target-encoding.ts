import { createRandom, hash32 } from '../../random.ts';

/** What a level says of the label: its rate of label 1, mixed with `smoothing` rows of the overall rate. */
export interface LevelRates {
  /** By level; the overall rate for levels too rare to say anything. */
  readonly rates: readonly number[];
  /** Of a missing value. */
  readonly missing: number;
  /** Of a level that training rows do not have: the overall rate. */
  readonly overall: number;
}

/** Rows of one category: `codes[i]` is the level of row i, NaN where it is missing, −1 where it is an unknown one. */
export interface CategoryRows {
  readonly codes: Float64Array;
  readonly levels: number;
  readonly labels: Uint8Array;
  readonly groups: Int32Array;
}

/** The rates that predictions use, from all training rows. */
export function fitLevelRates(rows: CategoryRows, smoothing: number): LevelRates {
  const { codes, levels, labels } = rows;
  const overall = overallRate(labels);
  const tally = createTally(levels);
  for (let i = 0; i < codes.length; i++) add(tally, slotOf(codes[i], levels), labels[i]);
  const rateAt = (slot: number) => rate(tally, slot, overall, smoothing);
  return {
    rates: Array.from({ length: levels }, (_, level) => rateAt(level)),
    missing: rateAt(levels),
    overall,
  };
}

/**
 * The training rows' own column of rates. Ordered (Prokhorenkova et al. 2018): the groups are put in a random order, and
 * a row's rate is made of the groups before its own, so that no row sees its own label or that of its group. One order,
 * not the mean over many: that would tend to the rate of all rows but one's own, which tells the label by its absence.
 */
export function orderedRates(rows: CategoryRows, smoothing: number, seed: number): Float64Array {
  const { codes, levels, labels, groups } = rows;
  const overall = overallRate(labels);
  const tally = createTally(levels);
  const encoded = new Float64Array(codes.length);
  const order = shuffledByGroup(groups, seed);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && groups[order[to]] === groups[order[from]]) {
      const row = order[to++];
      encoded[row] = rate(tally, slotOf(codes[row], levels), overall, smoothing);
    }
    for (; from < to; from++) add(tally, slotOf(codes[order[from]], levels), labels[order[from]]);
  }
  return encoded;
}

/** Rows and rows labelled 1, by level; missing values have the last slot. */
interface Tally {
  readonly rows: Float64Array;
  readonly lost: Float64Array;
}

function createTally(levels: number): Tally {
  return { rows: new Float64Array(levels + 1), lost: new Float64Array(levels + 1) };
}

/** The place of a level in the tally; that of an unknown one is −1, and nothing is told of it. */
function slotOf(code: number, levels: number): number {
  return Number.isNaN(code) ? levels : code;
}

function add({ rows, lost }: Tally, slot: number, label: number): void {
  if (slot < 0) return;
  rows[slot]++;
  lost[slot] += label;
}

function rate({ rows, lost }: Tally, slot: number, overall: number, smoothing: number): number {
  if (slot < 0) return overall;
  const weight = rows[slot] + smoothing;
  return weight === 0 ? overall : (lost[slot] + smoothing * overall) / weight;
}

function overallRate(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0) / labels.length;
}

/** The rows, group after group, the groups in a random order that depends on their numbers and the seed alone. */
function shuffledByGroup(groups: Int32Array, seed: number): Int32Array {
  const distinct = Int32Array.from(new Set(groups)).sort();
  createRandom(hash32('order of target encoding', seed)).shuffle(distinct);
  const place = new Map<number, number>();
  distinct.forEach((group, k) => {
    place.set(group, k);
  });
  const places = Float64Array.from(groups, (group) => place.get(group) ?? 0);
  return Int32Array.from(groups.keys()).sort((a, b) => places[a] - places[b] || a - b);
}
