import { BEFORE_FIRST_DAY, channelPlaces, historyOf } from '../models/history.ts';
import type { Matrix } from '../models/matrix.ts';
import { createDayReader, dayWidth } from '../models/temporal-convolution/day-reader.ts';
import { networkOfDays, type TemporalConvolutionModel } from '../models/temporal-convolution/model.ts';
import type { Attribution } from './attribution.ts';
import { integratedGradients, POINTS_AT_ONCE } from './integrated-gradients.ts';

/** Why each row is predicted as it is, by channel and day: base + Σ over both of `contributions` is the row's log-odds. */
export interface DayAttribution {
  readonly base: number;
  /** The model's channels, and that of days before there was a user. */
  readonly names: readonly string[];
  readonly days: number;
  /** By name, row-major by row and day, the oldest day first. */
  readonly contributions: readonly Float64Array[];
}

/**
 * Integrated gradients of the log-odds by channel and day, along the line from the mean day of the training rows, of a known
 * user, on every day.
 * @throws InputError when the matrix has no history, or one without the model's channels.
 */
export function attributeDays(model: TemporalConvolutionModel, matrix: Matrix): DayAttribution {
  const { days, channels } = model;
  const width = dayWidth(model);
  const read = createDayReader(model, historyOf(matrix));
  const network = networkOfDays(model, POINTS_AT_ONCE);
  const base = new Float64Array(days * width);
  for (let t = 0; t < days; t++) base[t * width + width - 1] = 1;
  const names = [...channels.map(({ name }) => name), BEFORE_FIRST_DAY];
  const contributions = names.map(() => new Float64Array(matrix.rows * days));
  const row = new Float64Array(days * width);
  for (let i = 0; i < matrix.rows; i++) {
    read(Int32Array.of(i), row);
    integratedGradients(network, base, row).forEach((contribution, k) => {
      contributions[k % width][i * days + Math.floor(k / width)] = contribution;
    });
  }
  return { base: network.forward(base, 1)[0], names, days, contributions };
}

/** Contributions of each channel over all days. `values` are how much of it there was in them. */
export function attributeTemporalConvolution(model: TemporalConvolutionModel, matrix: Matrix): Attribution {
  const { base, names, days, contributions } = attributeDays(model, matrix);
  return {
    unit: 'log-odds',
    base,
    names,
    columns: contributions.map((ofDays) => sumsOfDays(ofDays, days, matrix.rows)),
    values: new Map(totals(model, matrix).map((total, k) => [names[k], total])),
  };
}

function sumsOfDays(ofDays: Float64Array, days: number, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) =>
    ofDays.subarray(i * days, (i + 1) * days).reduce((sum, x) => sum + x, 0),
  );
}

/** By name and row: the channel's sum over the days, and the number of days before there was a user. */
function totals({ days, channels }: TemporalConvolutionModel, matrix: Matrix): Float64Array[] {
  const history = historyOf(matrix);
  const places = channelPlaces(
    channels.map(({ name }) => name),
    history,
  );
  const sums = channels.map(() => new Float64Array(matrix.rows));
  for (let i = 0; i < matrix.rows; i++) {
    for (let r = history.ends[i] - 1; r >= history.starts[i]; r--) {
      if (history.days[r] < history.cutoffs[i] - days) break;
      sums.forEach((sum, c) => {
        sum[i] += history.values[r * history.channels.length + places[c]];
      });
    }
  }
  const before = Float64Array.from({ length: matrix.rows }, (_, i) =>
    Math.max(0, history.firstDays[i] - (history.cutoffs[i] - days)),
  );
  return [...sums, before];
}
