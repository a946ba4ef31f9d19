import { formatDayTick, formatMonthTick } from '../words/date.ts';
import type { Tick } from './ticks.ts';

const dayMillis = 86_400_000;
const weekMillis = 7 * dayMillis;
/** A Monday, from which weeks are counted. */
const firstMonday = Date.UTC(1970, 0, 5);
const monthSteps = [1, 3, 6, 12, 24, 60, 120];

/** Ticks on whole UTC days, Mondays, or months, at most `count` of them: the finest that fit. */
export function calendarTicks(
  from: number,
  to: number,
  count: number,
  place: (time: number) => number,
): Tick[] {
  const days = [1, 2].map((step) => every(step * dayMillis, 0, from, to));
  const weeks = [1, 2, 4].map((step) => every(step * weekMillis, firstMonday, from, to));
  const months = monthSteps.map((step) => firstOfMonths(step, from, to));
  const fine = [...days, ...weeks].find((times) => times.length <= count);
  const coarse = months.find((times) => times.length <= count) ?? months[months.length - 1];
  const format = fine ? formatDayTick : formatMonthTick;
  return (fine ?? coarse.slice(0, count)).map((time) => ({ at: place(time), label: format(time) }));
}

function every(step: number, origin: number, from: number, to: number): number[] {
  const times: number[] = [];
  for (let time = origin + Math.ceil((from - origin) / step) * step; time <= to; time += step)
    times.push(time);
  return times;
}

function firstOfMonths(step: number, from: number, to: number): number[] {
  const times: number[] = [];
  const start = new Date(from).getUTCFullYear() * 12;
  for (let month = start - (start % step); ; month += step) {
    const time = Date.UTC(Math.floor(month / 12), month % 12);
    if (!(time <= to)) return times;
    if (time >= from) times.push(time);
  }
}
