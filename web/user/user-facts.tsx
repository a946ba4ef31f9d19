import type { ReportLearning } from '../../src/report/report-data.ts';
import type { Report } from '../report/read-report.ts';
import { textAt } from '../report/scores.ts';
import type { User } from '../report/user-blocks.ts';
import { addDays, formatDay, parseDay } from '../words/date.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';

interface UserFactsProps {
  readonly report: Report;
  readonly learning: ReportLearning;
  readonly row: number;
  readonly user: User;
}

/** What there is to say of a user before any chart. */
export function UserFacts({ report: { data, scores }, learning, row, user }: UserFactsProps) {
  const { leadDays, horizonDays, words, protocol } = data.meta;
  const cutoff = parseDay(learning.scores.day);
  const start = addDays(cutoff, leadDays);
  const facts: [string, string][] = [
    ['Rank', `${formatCount(row + 1)} of ${formatCount(scores.size)}`],
    ['Plan', textAt(scores.plan, row)],
    ['Device', textAt(scores.device, row)],
    ...daysSeen(user, parseDay(learning.scores.firstDay)),
  ];
  const share = formatShare(scores.probability[row]);
  return (
    <>
      <p class="aside">
        {protocol === 'forecast'
          ? `The model gives a probability of ${share} for a ${words.loss} in the ${counted(horizonDays, 'day')} from ${formatDay(start)}, from what was known at the start of ${formatDay(cutoff)}, UTC.`
          : `The model finds this user ${share} like those who had left.`}{' '}
        What follows is what goes with such a score: associations that the model learned, not causes.
      </p>
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function daysSeen({ days }: User, firstDay: number): [string, string][] {
  if (days.length === 0) return [];
  const dateOf = (day: number) => formatDay(addDays(firstDay, day));
  return [
    ['Days with events', formatCount(days.length)],
    ['First seen', dateOf(days[0].day)],
    ['Last seen', dateOf(days[days.length - 1].day)],
  ];
}
