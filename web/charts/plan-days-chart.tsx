import type { ReportLog } from '../../src/report/report-data.ts';
import { planFinding } from '../findings/log-findings.ts';
import { calendar } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { counted, plural } from '../words/plural.ts';
import { Figure } from './figure.tsx';
import { type TimePanel, TimePanels } from './time-panels.tsx';

interface PlanDaysChartProps {
  readonly plans: ReportLog['plans'];
  readonly play: string;
}

/** Plans that can still be told apart; the others are in the table. */
const drawn = 6;

/** Users, events and plays a day, a line a plan. */
export function PlanDaysChart({ plans, play }: PlanDaysChartProps) {
  const title = planFinding(plans);
  const dates = calendar(plans.flatMap(({ days }) => days.map(({ day }) => day)));
  const lines = plans.slice(0, drawn).map(({ plan, days }, i) => {
    const byDay = new Map(days.map((day) => [day.day, day]));
    const of = (name: Measure) => dates.map((date) => byDay.get(date)?.[name] ?? 0);
    return { plan, tone: `group${i + 1}`, users: of('users'), events: of('events'), plays: of('plays') };
  });
  const panel = (name: Measure, words: string): TimePanel => ({
    title: `${words} a day`,
    series: lines.map(({ plan, tone, [name]: values }) => ({ name: plan, kind: 'line', tone, values })),
  });
  // A definition may name no plays.
  const panels = [
    panel('users', 'Users active'),
    panel('events', 'Events'),
    panel('plays', plural(play)),
  ].filter(({ series }) => series.some(({ values }) => values.some((value) => value > 0)));
  return (
    <Figure
      wide
      name="plans"
      title={title}
      subtitle="By UTC day and the plan that a user had when the day ended. Each panel has its own scale from zero."
      legend={lines.map(({ plan, tone }) => ({ label: plan, tone, mark: 'line' }))}
      columns={[
        { title: 'Day' },
        { title: 'Plan' },
        { title: 'Users', format: formatCount },
        { title: 'Events', format: formatCount },
        { title: plural(play), format: formatCount },
      ]}
      rows={plans.flatMap(({ plan, days }) =>
        days.map(({ day, users, events, plays }) => [day, plan, users, events, plays]),
      )}
    >
      <TimePanels
        label={title}
        days={dates}
        panels={panels}
        lines={(i) =>
          lines.map(
            ({ plan, users, events, plays }) =>
              `${plan}: ${counted(users[i], 'user')}, ${counted(events[i], 'event')}, ${counted(plays[i], play)}`,
          )
        }
      />
    </Figure>
  );
}

type Measure = 'users' | 'events' | 'plays';
