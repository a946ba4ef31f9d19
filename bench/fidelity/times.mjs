import { targetsOf } from './targets.mjs';

const { full, mini } = targetsOf();
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** How songs spread over the hours of the day and the days of the week, beside the real mini log's; shares. */
export async function compareTimes(events, { days }) {
  const hours = await counts(events, 'ts // 3600000 % 24', 24);
  const weekdays = await counts(events, '(ts // 86400000 + 4) % 7', 7);
  const aDay = weekdays.map((count, weekday) => count / daysOf(weekday, days));
  const target = mini.songsByWeekday.map((count, weekday) => count / daysOf(weekday, mini.days));
  return [
    ...beside(mini.songsByHour, hours, (hour) => `${hour} to ${hour + 1} h UTC`),
    ...beside(target, aDay, (weekday) => WEEKDAYS[weekday]),
  ];
}

/** Losses a day by week, for as many users as the real full log has. */
export async function lossesByWeek(events, { users }) {
  const weeks = await events.rows(`
    WITH first AS (SELECT min(ts) // 86400000 AS day FROM events)
    SELECT (ts // 86400000 - first.day) // 7 AS week, count(DISTINCT ts // 86400000) AS days,
      count(*) FILTER (page = 'Cancellation Confirmation') AS losses FROM events, first GROUP BY week ORDER BY week`);
  return weeks.map(({ week, days, losses }) => ({
    week: week + 1,
    lossesADay: (losses / days) * (full.users / users),
  }));
}

/** Of the users with an event in each ten whole days from the first, the share lost in them. */
export async function lossesByTenDays(events, { days }) {
  return events.rows(`
    WITH first AS (SELECT min(ts) // 86400000 AS day FROM events)
    SELECT (ts // 86400000 - first.day) // 10 * 10 AS day,
      count(*) FILTER (page = 'Cancellation Confirmation') / count(DISTINCT userId) AS share
      FROM events, first WHERE userId <> '' GROUP BY 1 HAVING day + 10 <= ${days} ORDER BY 1`);
}

async function counts(events, key, n) {
  const rows = await events.rows(
    `SELECT ${key} AS key, count(*) AS count FROM events WHERE page = 'NextSong' GROUP BY key`,
  );
  return Array.from({ length: n }, (_, key) => rows.find((row) => row.key === key)?.count ?? 0);
}

/** How often a weekday comes in a log that starts on a Monday. */
function daysOf(weekday, days) {
  const sinceMonday = (weekday + 6) % 7;
  return Math.floor((days - sinceMonday + 6) / 7);
}

function beside(target, simulated, name) {
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  return target.map((value, i) => ({
    name: name(i),
    target: value / sum(target),
    simulated: simulated[i] / sum(simulated),
  }));
}
