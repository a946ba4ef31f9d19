import type { ReportInput, ReportLog, ReportSurvivalPoint } from '../../src/report/report-data.ts';
import { clock, formatWeekday, parseDay, weekdays } from '../words/date.ts';
import { formatCount, formatRange, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';

export function inputFinding(input: ReportInput): string {
  if (input.lines === 0) return 'The log holds no lines';
  const { accepted, lines, quarantined } = input;
  const bad = quarantined === 0 ? 'none was quarantined' : `${formatCount(quarantined)} were quarantined`;
  return `${formatShare(accepted / lines)} of ${counted(lines, 'line')} count as events, ${bad}`;
}

/** Lines that the five outcomes do not account for; 0 when the books balance. */
export function unaccounted({
  lines,
  accepted,
  anonymous,
  duplicate,
  quarantined,
  blank,
}: ReportInput): number {
  return lines - accepted - anonymous - duplicate - quarantined - blank;
}

export function actionFinding(actions: ReportLog['actions']): string {
  const total = actions.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0) return 'No actions were logged';
  const top = actions.reduce((most, action) => (action.rows > most.rows ? action : most));
  return `${top.name} makes up ${formatShare(top.rows / total)} of events`;
}

export function dailyFinding({ days, lost }: ReportLog, loss: string): string {
  if (days.length === 0) return 'No days were logged';
  const busiest = days.reduce((most, day) => (day.events > most.events ? day : most));
  const worst = days.reduce((most, day) => (day.losses > most.losses ? day : most));
  const losses =
    lost === 0 ? `no ${loss}` : `${counted(lost, loss)}, at most ${formatCount(worst.losses)} a day`;
  return `Busiest on ${formatWeekday(parseDay(busiest.day))} with ${formatCount(busiest.events)} events; ${losses}`;
}

export function hourFinding(counts: readonly (readonly number[])[]): string {
  const cells = counts.flatMap((row, day) => row.map((count, hour) => ({ day, hour, count })));
  if (!cells.some(({ count }) => count > 0)) return 'No events were logged';
  const busiest = cells.reduce((most, cell) => (cell.count > most.count ? cell : most));
  const quietest = cells.reduce((least, cell) => (cell.count < least.count ? cell : least));
  const name = ({ day, hour }: { day: number; hour: number }) => `${weekdays[day]} ${clock(hour)}`;
  return `Busiest on ${name(busiest)} UTC, quietest on ${name(quietest)}`;
}

export function survivalFinding(points: readonly ReportSurvivalPoint[]): string {
  const last = points.filter(({ staying }) => Number.isFinite(staying.value)).at(-1);
  if (!last) return 'The log is too short to say how long users stay';
  return `After ${counted(last.day, 'day')}, ${formatShare(last.staying.value)} are still here (${formatRange(last.staying, formatShare)})`;
}

/** The plan with the most users a day, and its share of what is done. */
export function planFinding(plans: ReportLog['plans']): string {
  const totals = plans.map(({ plan, days }) => ({
    plan,
    users: days.reduce((sum, day) => sum + day.users, 0),
    events: days.reduce((sum, day) => sum + day.events, 0),
  }));
  const all = totals.reduce(
    (sum, { users, events }) => ({ users: sum.users + users, events: sum.events + events }),
    {
      users: 0,
      events: 0,
    },
  );
  if (all.users === 0) return 'No plan is known';
  const top = totals.reduce((most, one) => (one.users > most.users ? one : most));
  return `Of the users active a day, ${formatShare(top.users / all.users)} are on “${top.plan}”, and ${formatShare(top.events / all.events)} of events are theirs`;
}

export function coverageFinding(coverage: ReportLog['coverage']): string {
  const last = coverage[coverage.length - 1];
  if (last === undefined || last.seen === 0) return 'No user was seen';
  const silent = last.seen - last.lost - last.recent;
  return `At the end, ${formatShare(last.lost / last.seen)} of ${counted(last.seen, 'user')} are lost, and ${formatShare(silent / last.seen)} have been silent for a week or longer`;
}

export function dimensionFinding({ name, values }: ReportLog['dimensions'][number]): string {
  const total = values.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0) return `No line has a “${name}”`;
  const top = values.reduce((most, one) => (one.rows > most.rows ? one : most));
  return `By ${name}: ${formatShare(top.rows / total)} of lines have “${top.value}”`;
}
