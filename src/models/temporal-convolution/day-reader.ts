import { channelPlaces, type History } from '../history.ts';
import { log1p } from '../logarithm.ts';
import { smoothClip } from '../network/clip.ts';

/** What is counted of a day, x, as a network sees it: log(1 + x), standardised over the training rows' days. */
export interface Channel {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
}

/** How days are made into inputs. */
export interface DayInputs {
  /** Last days before the cutoff that are read. */
  readonly days: number;
  readonly channels: readonly Channel[];
}

/** Numbers a day: one a channel, and one that is 1 from the user's first day on and 0 before there was a user. */
export function dayWidth({ channels }: DayInputs): number {
  return channels.length + 1;
}

/** Writes the days of some rows, row by row, the oldest day first. */
export type DayReader = (rows: Int32Array, out: Float64Array) => void;

/** @throws InputError naming a channel that the history lacks. */
export function createDayReader(inputs: DayInputs, history: History): DayReader {
  const { days: dayOf, values, starts, ends, cutoffs, firstDays } = history;
  const { channels, days } = inputs;
  const places = channelPlaces(
    channels.map(({ name }) => name),
    history,
  );
  const stride = history.channels.length;
  const width = dayWidth(inputs);
  const means = Float64Array.from(channels, ({ mean }) => mean);
  const sds = Float64Array.from(channels, ({ sd }) => sd);
  const empty = Float64Array.from([...channels.map(({ mean, sd }) => smoothClip((0 - mean) / sd)), 0]);
  return (rows, out) => {
    for (let b = 0; b < rows.length; b++) {
      const row = rows[b];
      const first = cutoffs[row] - days;
      const begin = b * days * width;
      for (let t = 0; t < days; t++) {
        out.set(empty, begin + t * width);
        if (first + t >= firstDays[row]) out[begin + t * width + width - 1] = 1;
      }
      for (let r = ends[row] - 1; r >= starts[row] && dayOf[r] >= first; r--) {
        const at = begin + (dayOf[r] - first) * width;
        for (let c = 0; c < places.length; c++) {
          out[at + c] = smoothClip((log1p(values[r * stride + places[c]]) - means[c]) / sds[c]);
        }
      }
    }
  };
}
