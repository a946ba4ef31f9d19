import { List } from './list.ts';
import { Tuples } from './tuples.ts';

/** Hours since 1970 that rows are of. */
export const hours = new Tuples(1);
/** By hour: events, plays and losses. */
export const hourCounts = new List();
const key = memory.data(16, 16);
let lastKey = 0;
let lastHour = -1;

export function countHour(hour: i32, isPlay: bool, isLoss: bool): void {
  if (hour !== lastKey || lastHour < 0) {
    lastKey = hour;
    store<i32>(key, hour);
    lastHour = hours.find(key);
    hourCounts.stretch(24 * (lastHour + 1));
  }
  const counts = hourCounts.start + 24 * <usize>lastHour;
  store<f64>(counts, load<f64>(counts) + 1);
  store<f64>(counts, load<f64>(counts, 8) + <f64>isPlay, 8);
  store<f64>(counts, load<f64>(counts, 16) + <f64>isLoss, 16);
}

export function clearHours(): void {
  hours.clear();
  hourCounts.clear();
  lastHour = -1;
}
