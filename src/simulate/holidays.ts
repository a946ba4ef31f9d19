/**
 * Whether a day is kept as a holiday all over the United States, on its date or on the weekday it is moved to. Columbus
 * and Veterans Day are not among them: on 12 November 2018 a public log of eventsim begins 41 sessions, as on other
 * Mondays, on Thanksgiving 15, half of those of other Thursdays.
 *
 * @param day days since 1970-01-01.
 */
export function isHoliday(day: number): boolean {
  const year = new Date(day * MS_A_DAY).getUTCFullYear();
  return holidaysOf(year).has(day);
}

const MS_A_DAY = 86_400_000;
const byYear = new Map<number, ReadonlySet<number>>();

function holidaysOf(year: number): ReadonlySet<number> {
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const days = new Set([
    observed(year, 0, 1),
    weekdayOfMonth(year, 0, MONDAY, 3),
    weekdayOfMonth(year, 1, MONDAY, 3),
    lastMondayOfMay(year),
    observed(year, 6, 4),
    weekdayOfMonth(year, 8, MONDAY, 1),
    weekdayOfMonth(year, 10, THURSDAY, 4),
    observed(year, 11, 25),
  ]);
  byYear.set(year, days);
  return days;
}

const MONDAY = 1;
const THURSDAY = 4;

function dayOf(year: number, month: number, date: number): number {
  return Date.UTC(year, month, date) / MS_A_DAY;
}

function weekdayOf(day: number): number {
  return new Date(day * MS_A_DAY).getUTCDay();
}

/** A holiday on a Saturday is kept on the Friday before it, one on a Sunday on the Monday after it. */
function observed(year: number, month: number, date: number): number {
  const day = dayOf(year, month, date);
  const weekday = weekdayOf(day);
  if (weekday === 6) return day - 1;
  return weekday === 0 ? day + 1 : day;
}

function weekdayOfMonth(year: number, month: number, weekday: number, nth: number): number {
  const first = dayOf(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

function lastMondayOfMay(year: number): number {
  const last = dayOf(year, 4, 31);
  return last - ((weekdayOf(last) - MONDAY + 7) % 7);
}
