import { missing } from './number.ts';

/** In the order of ISO weekdays. */
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const dayMillis = 86_400_000;

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const weekdayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const tickFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const monthFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' });
const minuteFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** Epoch milliseconds of the start of a UTC date YYYY-MM-DD; NaN for anything else. */
export function parseDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** "1 Oct 2018" */
export function formatDay(time: number): string {
  return Number.isFinite(time) ? dayFormat.format(time) : missing;
}

/** "Mon, 1 Oct 2018" */
export function formatWeekday(time: number): string {
  return Number.isFinite(time) ? weekdayFormat.format(time) : missing;
}

/** "1 Oct", for axis ticks. */
export function formatDayTick(time: number): string {
  return Number.isFinite(time) ? tickFormat.format(time) : missing;
}

/** "Oct 2018", for axis ticks. */
export function formatMonthTick(time: number): string {
  return Number.isFinite(time) ? monthFormat.format(time) : missing;
}

/** "1 Oct 2018, 14:05 UTC" */
export function formatMinute(time: number): string {
  return Number.isFinite(time) ? `${minuteFormat.format(time)} UTC` : missing;
}

/** UTC days that the log touches, both ends counted. */
export function daysCovered(first: number, last: number): number {
  return Math.floor(last / dayMillis) - Math.floor(first / dayMillis) + 1;
}

export function addDays(time: number, days: number): number {
  return time + days * dayMillis;
}

/** Every UTC date YYYY-MM-DD from the first of some to the last of them. */
export function calendar(days: readonly string[]): string[] {
  if (days.length === 0) return [];
  const first = days.reduce((least, day) => (day < least ? day : least));
  const last = days.reduce((most, day) => (day > most ? day : most));
  const count = daysCovered(parseDay(first), parseDay(last));
  return Array.from({ length: count }, (_, i) =>
    new Date(addDays(parseDay(first), i)).toISOString().slice(0, 10),
  );
}

/** "07:00" */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** "10 min", "6 h", "3 d": a span of time in the largest unit that it holds. */
export function formatSpan(seconds: number): string {
  if (!Number.isFinite(seconds)) return missing;
  if (seconds >= 86_400) return `${seconds / 86_400} d`;
  if (seconds >= 3600) return `${seconds / 3600} h`;
  return seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
}
