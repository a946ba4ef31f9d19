import { DAY } from './calendar.ts';
import type { LogPlan } from './population.ts';

/** A stretch of the log that is walked, sorted and written at once; never over midnight. */
export interface Slice {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The midnight its day begins with. */
  readonly day: number;
}

/** Parts the log so that a slice holds some 20 MB, whatever the number of users: what bounds the memory. */
export function planSlices(plan: LogPlan): readonly Slice[] {
  const aDay = Math.min(MOST_A_DAY, Math.ceil((plan.users * ROWS_A_USER_AND_DAY) / ROWS_A_SLICE));
  const seconds = Math.ceil(DAY / aDay);
  const slices: Slice[] = [];
  for (let day = plan.start; day < plan.end; day += DAY) {
    for (let from = day; from < day + DAY; from += seconds) {
      slices.push({ from, to: Math.min(from + seconds, day + DAY), day });
    }
  }
  return slices;
}

/** Roughly. */
export function expectedRows({ users, start, end }: LogPlan): number {
  return (users * ROWS_A_USER_AND_DAY * (end - start)) / DAY;
}

const ROWS_A_USER_AND_DAY = 20;
const ROWS_A_SLICE = 48_000;
const MOST_A_DAY = 1440;
