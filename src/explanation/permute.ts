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
  const { channels, days, values, starts, ends, cutoffs } = history;
  const size = channels.length;
  const most = starts.reduce((sum, start, i) => sum + 2 * (ends[i] - start), 0);
  const merged = { days: new Int32Array(most), values: new Float32Array(most * size) };
  const newStarts = new Int32Array(starts.length);
  let at = 0;
  const newEnds = starts.map((_, i) => {
    newStarts[i] = at;
    const other = order[i];
    const shift = cutoffs[i] - cutoffs[other];
    let own = starts[i];
    let its = starts[other];
    while (own < ends[i] || its < ends[other]) {
      const ownDay = own < ends[i] ? days[own] : Number.POSITIVE_INFINITY;
      const itsDay = its < ends[other] ? days[its] + shift : Number.POSITIVE_INFINITY;
      const day = Math.min(ownDay, itsDay);
      if (ownDay === day) {
        merged.values.set(values.subarray(own * size, (own + 1) * size), at * size);
        own++;
      }
      merged.values[at * size + channel] = itsDay === day ? values[its * size + channel] : 0;
      if (itsDay === day) its++;
      merged.days[at++] = day;
    }
    return at;
  });
  return {
    ...history,
    days: merged.days.slice(0, at),
    values: merged.values.slice(0, at * size),
    starts: newStarts,
    ends: newEnds,
  };
}
