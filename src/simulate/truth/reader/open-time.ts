import { DAY, thinning } from '../../calendar.ts';

/** Seconds of which a session start would be kept, from a fixed moment to the given one, in seconds since the epoch. */
export type OpenTime = (time: number) => number;

/** Sums up one less the thinning, hour by hour, from `start` to `end`; beyond them nothing is thinned. */
export function openTime(start: number, end: number): OpenTime {
  const hours = Math.ceil((end - start) / HOUR);
  const sums = new Float64Array(hours + 1);
  for (let hour = 0; hour < hours; hour++) {
    sums[hour + 1] = sums[hour] + HOUR * (1 - thinning(start + hour * HOUR + HOUR / 2));
  }
  return (time) => {
    const at = (time - start) / HOUR;
    if (at <= 0) return time - start;
    if (at >= hours) return sums[hours] + time - start - hours * HOUR;
    const hour = Math.floor(at);
    return sums[hour] + (at - hour) * (sums[hour + 1] - sums[hour]);
  };
}

const HOUR = DAY / 24;
