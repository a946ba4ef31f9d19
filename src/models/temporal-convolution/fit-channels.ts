import type { History } from '../history.ts';
import { log1p } from '../logarithm.ts';
import type { Channel } from './day-reader.ts';

/**
 * The moments of log(1 + x) over the last `days` days of all rows, days without a record counting as 0. A channel that is the same
 * on all of them is left out.
 */
export function fitChannels(history: History, days: number): Channel[] {
  const { channels, starts, ends, cutoffs, values } = history;
  const stride = channels.length;
  const sums = new Float64Array(stride);
  const squares = new Float64Array(stride);
  for (let row = 0; row < starts.length; row++) {
    for (let r = ends[row] - 1; r >= starts[row] && history.days[r] >= cutoffs[row] - days; r--) {
      for (let c = 0; c < stride; c++) {
        const x = log1p(values[r * stride + c]);
        sums[c] += x;
        squares[c] += x * x;
      }
    }
  }
  const cells = starts.length * days;
  return channels.flatMap((name, c) => {
    const mean = sums[c] / cells;
    const variance = squares[c] / cells - mean * mean;
    return variance > 1e-12 * mean * mean && variance > 0 ? [{ name, mean, sd: Math.sqrt(variance) }] : [];
  });
}
