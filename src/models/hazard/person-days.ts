import { createRandom, hash32 } from '../../random.ts';
import type { Watched } from './watched.ts';

/** Days of rows, each with whether the row was lost on it. */
export interface PersonDays {
  /** Index of the row. */
  readonly rows: Int32Array;
  readonly days: Int32Array;
  readonly labels: Uint8Array;
  /** How many person-days each stands for: 1 of a loss; of the others of a day they add up to all that were at risk on it. */
  readonly weights: Float64Array;
}

/**
 * The days on which rows were at risk, one record each: all losses and, of the days without one, a systematic sample of each
 * day, weighted by the inverse of its share (King and Zeng 2001; the stratified case-cohort design of Borgan et al.
 * 2000). The weighted likelihood is the whole one in expectation, and its baseline exact: each day's weights add up to the days at risk.
 *
 * @param lastDay days beyond it are left out.
 * @param maxDays about so many days without a loss are kept.
 */
export function personDays(
  watched: Watched,
  lastDay: number,
  { maxDays, seed }: { readonly maxDays: number; readonly seed: number },
): PersonDays {
  const quiet = quietDays(watched, lastDay);
  const total = quiet.reduce((sum, count) => sum + count, 0);
  const share = Math.min(1, maxDays / Math.max(total, 1));
  const wanted = quiet.map((count) => Math.min(count, Math.max(leastOfDay, Math.round(share * count))));
  const losses = lossRows(watched, lastDay);
  const size = losses.length + wanted.reduce((sum, count) => sum + count, 0);
  const records = {
    rows: new Int32Array(size),
    days: new Int32Array(size),
    labels: new Uint8Array(size),
    weights: new Float64Array(size).fill(1),
  };
  losses.forEach((row, i) => {
    records.rows[i] = row;
    records.days[i] = watched.days[row];
    records.labels[i] = 1;
  });
  const random = createRandom(hash32('person-days', seed));
  // Of a day every so-and-so-many is taken, from a place that chance gives: exactly as many as are wanted.
  const steps = quiet.map((count) => (count > 0 ? random.integer(count) : 0));
  let at = losses.length;
  forEachQuietDay(watched, lastDay, (row, day) => {
    const k = day - 1;
    steps[k] += wanted[k];
    if (steps[k] < quiet[k]) return;
    steps[k] -= quiet[k];
    records.rows[at] = row;
    records.days[at] = day;
    records.weights[at++] = quiet[k] / wanted[k];
  });
  return records;
}

/** Of a day, where there are so many. */
const leastOfDay = 100;

/** Person-days at risk that ended without a loss, by day. */
function quietDays({ days, lost, from }: Watched, lastDay: number): Int32Array {
  const counts = new Int32Array(lastDay + 1);
  for (let row = 0; row < days.length; row++) {
    const first = from === undefined ? 1 : from[row];
    const last = Math.min(days[row] - lost[row], lastDay);
    if (last < first) continue;
    counts[first - 1]++;
    counts[last]--;
  }
  for (let k = 1; k < counts.length; k++) counts[k] += counts[k - 1];
  return counts.subarray(0, lastDay);
}

function forEachQuietDay(
  { days, lost, from }: Watched,
  lastDay: number,
  visit: (row: number, day: number) => void,
): void {
  for (let row = 0; row < days.length; row++) {
    const last = Math.min(days[row] - lost[row], lastDay);
    for (let day = from === undefined ? 1 : from[row]; day <= last; day++) visit(row, day);
  }
}

function lossRows({ days, lost }: Watched, lastDay: number): Int32Array {
  return Int32Array.from(lost.keys()).filter((row) => lost[row] === 1 && days[row] <= lastDay);
}
