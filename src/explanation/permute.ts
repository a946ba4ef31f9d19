import { BEFORE_FIRST_DAY, type History } from '../models/history.ts';
import type { Matrix } from '../models/matrix.ts';
import { createRandom } from '../random.ts';

/**
 * The matrix with one feature's values dealt out anew among the rows: of a column, or of what a model of sequences reads of the
 * days, where a row gets all days of another's channel.
 * @throws RangeError when there is no such feature.
 */
export function permuteFeature(matrix: Matrix, name: string, seed: number): Matrix {
  const order = createRandom(seed).shuffle(Int32Array.from({ length: matrix.rows }, (_, i) => i));
  const j = matrix.names.indexOf(name);
  if (j >= 0) {
    const column = matrix.columns[j];
    return {
      ...matrix,
      columns: matrix.columns.with(
        j,
        Float64Array.from(order, (row) => column[row]),
      ),
    };
  }
  const { history } = matrix;
  if (history && name === BEFORE_FIRST_DAY) return { ...matrix, history: permuteFirstDays(history, order) };
  const channel = history?.channels.indexOf(name) ?? -1;
  if (history && channel >= 0) return { ...matrix, history: permuteChannel(history, channel, order) };
  throw new RangeError(`There is no feature "${name}" to permute.`);
}

function permuteFirstDays(history: History, order: Int32Array): History {
  const { cutoffs, firstDays } = history;
  return {
    ...history,
    firstDays: cutoffs.map((cutoff, i) => cutoff - (cutoffs[order[i]] - firstDays[order[i]])),
  };
}

/** Row i with the channel of row order[i], day by day before their cutoffs. */
function permuteChannel(history: History, channel: number, order: Int32Array): History {
  const { channels, starts, cutoffs } = history;
  const days: number[] = [];
  const values: number[] = [];
  const newStarts = new Int32Array(starts.length);
  const newEnds = new Int32Array(starts.length);
  order.forEach((other, i) => {
    newStarts[i] = days.length;
    const records = new Map<number, Float32Array>();
    const recordOf = (daysBefore: number): Float32Array => {
      const record = records.get(daysBefore) ?? new Float32Array(channels.length);
      records.set(daysBefore, record);
      return record;
    };
    eachRecord(history, i, (daysBefore, record) => {
      recordOf(daysBefore).set(record);
      recordOf(daysBefore)[channel] = 0;
    });
    eachRecord(history, other, (daysBefore, record) => {
      recordOf(daysBefore)[channel] = record[channel];
    });
    for (const [daysBefore, record] of [...records].sort(([a], [b]) => b - a)) {
      days.push(cutoffs[i] - daysBefore);
      values.push(...record);
    }
    newEnds[i] = days.length;
  });
  return {
    ...history,
    days: Int32Array.from(days),
    values: Float32Array.from(values),
    starts: newStarts,
    ends: newEnds,
  };
}

function eachRecord(
  { channels, days, values, starts, ends, cutoffs }: History,
  row: number,
  visit: (daysBefore: number, record: Float32Array) => void,
): void {
  const size = channels.length;
  for (let r = starts[row]; r < ends[row]; r++) {
    visit(cutoffs[row] - days[r], values.subarray(r * size, (r + 1) * size));
  }
}
