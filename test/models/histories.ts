import type { History } from '../../src/models/history.ts';
import type { Examples } from '../../src/models/matrix.ts';
import { createRandom } from '../../src/random.ts';

/** The cutoff of all rows. */
const CUTOFF = 100;

/** A history by row: what there was of each channel, by days before the cutoff. */
export function historyFrom(
  channels: readonly string[],
  rows: readonly Readonly<Record<number, readonly number[]>>[],
  firstDays: readonly number[] = rows.map(() => 0),
): History {
  const records = rows.map((row) =>
    Object.entries(row)
      .map(([daysBefore, values]) => ({ day: CUTOFF - Number(daysBefore), values }))
      .sort((a, b) => a.day - b.day),
  );
  let at = 0;
  const ends = records.map((own) => {
    at += own.length;
    return at;
  });
  return {
    channels,
    days: Int32Array.from(records.flat(), ({ day }) => day),
    values: Float32Array.from(records.flat().flatMap(({ values }) => values)),
    starts: Int32Array.from(ends, (end, i) => end - records[i].length),
    ends: Int32Array.from(ends),
    cutoffs: new Int32Array(rows.length).fill(CUTOFF),
    firstDays: Int32Array.from(firstDays),
  };
}

/**
 * Users who play on about half of sixteen days, as much on each. Nine in ten of those whose plays all lie in the first eight days are
 * lost, one in ten of the others: what no sum over the days tells.
 */
export function fadingUsers(rows: number, seed: number): Examples {
  const random = createRandom(seed);
  const fading = Array.from({ length: rows }, () => random.float() < 0.4);
  const days = fading.map((fades) => {
    const [from, to] = fades ? [9, 16] : [1, 16];
    const played = Array.from({ length: 16 }, (_, i) => i + 1).filter(
      (d) => d >= from && d <= to && random.float() < 0.5,
    );
    return Object.fromEntries(played.map((d) => [d, [random.integer(20) + (fades ? 11 : 1), 1]]));
  });
  return {
    matrix: { rows, names: [], columns: [], history: historyFrom(['plays', 'constant'], days) },
    labels: Uint8Array.from(fading, (fades) => (random.float() < (fades ? 0.9 : 0.1) ? 1 : 0)),
    groups: Int32Array.from(fading.keys()),
  };
}
