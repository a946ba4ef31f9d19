import type { ReportLog } from '../../src/report/report-data.ts';
import { calendar } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted, plural } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { type PanelSeries, TimePanels } from './time-panels.tsx';

type Day = ReportLog['days'][number];

interface DailyChartProps {
  readonly title: string;
  readonly days: readonly Day[];
  readonly loss: string;
  readonly play: string;
}

/** Events, users and losses a day: three panels, each with its own scale, above one time axis. */
export function DailyChart({ title, days, loss, play }: DailyChartProps) {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const dates = calendar(days.map(({ day }) => day));
  // Of a day without events the log has no row.
  const of = (name: 'events' | 'users' | 'losses') => dates.map((date) => byDay.get(date)?.[name] ?? 0);
  const [events, users, losses] = [of('events'), of('users'), of('losses')];
  const one = (
    values: readonly number[],
    kind: PanelSeries['kind'],
    tone: string,
  ): readonly PanelSeries[] => [{ name: tone, kind, tone, values }];
  return (
    <Figure
      wide
      name="days"
      title={title}
      subtitle="By UTC day. Each panel has its own scale from zero."
      columns={[
        { title: 'Day' },
        { title: 'Events', format: formatCount },
        { title: 'Users', format: formatCount },
        { title: plural(play), format: formatCount },
        { title: plural(loss), format: formatCount },
      ]}
      rows={days.map((row) => [row.day, row.events, row.users, row.plays, row.losses])}
    >
      <TimePanels
        label={title}
        days={dates}
        panels={[
          { title: 'Events a day', series: one(events, 'area', 'stayed') },
          { title: 'Users active a day', series: one(users, 'line', 'stayed') },
          { title: `${plural(loss)} a day`, series: one(losses, 'bars', 'lost') },
        ]}
        lines={(i) => [
          counted(events[i], 'event'),
          counted(users[i], 'active user'),
          counted(losses[i], loss),
        ]}
      />
    </Figure>
  );
}
