import type { ReportScores } from '../../src/report/report-user.ts';
import type { User } from '../report/user-blocks.ts';
import { parseDay } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted } from '../words/plural.ts';

const fortnight = 14;

/** How the last fortnight stands beside the one before, and how long the user has been silent. */
export function timelineFinding(
  { days }: User,
  { day, firstDay, measures }: ReportScores,
  main: number,
): string {
  const end = Math.round((parseDay(day) - parseDay(firstDay)) / 86_400_000);
  const within = (from: number, to: number) =>
    days.reduce((sum, one) => sum + (one.day >= from && one.day < to ? one.counts[main] : 0), 0);
  const { title } = measures[main];
  const lately = within(end - fortnight, end);
  const before = within(end - 2 * fortnight, end - fortnight);
  const change =
    end < 2 * fortnight
      ? `${formatCount(within(0, end))} ${title} in all`
      : `${formatCount(lately)} ${title} in the last ${fortnight} days, ${formatCount(before)} in the ${fortnight} before`;
  const last = days.at(-1)?.day;
  if (last === undefined) return 'No day with events';
  const silent = end - last - 1;
  return silent > 0 ? `${change}; silent for ${counted(silent, 'day')}` : change;
}
