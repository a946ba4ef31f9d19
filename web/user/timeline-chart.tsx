import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { ReportScores, ReportUserMeasure } from '../../src/report/report-user.ts';
import { AxisX, AxisY } from '../charts/axis.tsx';
import { calendarTicks } from '../charts/calendar-ticks.ts';
import { Figure } from '../charts/figure.tsx';
import { type Drawing, Plot } from '../charts/plot.tsx';
import { countTicksOf } from '../charts/ticks.ts';
import type { User, UserDay } from '../report/user-blocks.ts';
import { addDays, formatDay, formatWeekday, parseDay } from '../words/date.ts';
import { formatCompact, formatCount } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';
import { LookBackLine, lookBacksOf } from './look-backs.tsx';
import { timelineFinding } from './timeline-finding.ts';
import { type Strip, stripsOf, TimelineStrip } from './timeline-strip.tsx';

interface TimelineChartProps {
  readonly user: User;
  readonly scores: ReportScores;
}

/** What the user did on each day of the log: how much, and below it what stands out. */
export function TimelineChart({ user, scores }: TimelineChartProps) {
  const { measures } = scores;
  const main = mainMeasure(measures);
  const title = timelineFinding(user, scores, main);
  return (
    <Figure
      wide
      name="user-timeline"
      title={title}
      subtitle={`${capitalised(measures[main].title)} a UTC day, up to the scoring day; below, a dot for each day with what the row says, larger for more. At the foot, the days that the reasons below look back on. Days without events have no row in the table.`}
      columns={[
        { title: 'Day' },
        { title: 'Plan' },
        ...measures.map((measure) => ({ title: capitalised(measure.title), format: formatCount })),
      ]}
      rows={user.days.map(({ day, plan, counts }) => [
        formatDay(addDays(parseDay(scores.firstDay), day)),
        plan,
        ...counts,
      ])}
    >
      <Plot label={title} draw={(width) => draw(user, scores, main, width)} />
    </Figure>
  );
}

/** The last measure of activity: plays where there are any, else events. */
function mainMeasure(measures: readonly ReportUserMeasure[]): number {
  return measures.findLastIndex(({ kind }) => kind === 'activity');
}

const top = 26;
const panelHeight = 120;
const stripHeight = 24;

function draw(user: User, scores: ReportScores, main: number, width: number): Drawing {
  const [left, right] = [Math.min(150, width * 0.3), width - 10];
  const [from, to] = [parseDay(scores.firstDay), parseDay(scores.day)];
  const x = scaleLinear([from, to], [left, right]);
  const days = Math.round((to - from) / 86_400_000);
  const dayWidth = (right - left) / Math.max(1, days);
  const y = scaleLinear(
    [0, max(user.days, ({ counts }) => counts[main]) || 1],
    [top + panelHeight, top],
  ).nice(3);
  const strips = stripsOf(user, scores.measures);
  const lookBacks = lookBacksOf(user, scores);
  const rowY = (i: number) => top + panelHeight + 12 + (i + 0.5) * stripHeight;
  const bottom = rowY(strips.length + lookBacks.length - 0.5);
  const centre = (day: number) => x(addDays(from, day)) + dayWidth / 2;
  const onDay = new Map(user.days.map((day) => [day.day, day]));
  return {
    height: bottom + 26,
    pick: 'x',
    marks: Array.from({ length: days }, (_, day) => ({
      x: centre(day),
      y: y(onDay.get(day)?.counts[main] ?? 0),
      title: formatWeekday(addDays(from, day)),
      lines: linesOf(onDay.get(day), scores.measures),
    })),
    content: (
      <>
        <AxisY
          ticks={countTicksOf(y, 3, formatCompact)}
          left={left}
          right={right}
          title={`${scores.measures[main].title} a day`}
        />
        {user.days.map(({ day, counts }) => (
          <rect
            key={day}
            class="fill stayed"
            x={centre(day) - dayWidth * 0.4}
            y={y(counts[main])}
            width={Math.max(1, dayWidth * 0.8)}
            height={top + panelHeight - y(counts[main])}
          />
        ))}
        {strips.map((strip: Strip, i) => (
          <TimelineStrip
            key={strip.title}
            strip={strip}
            y={rowY(i)}
            left={left}
            right={right}
            centre={centre}
            dayWidth={dayWidth}
          />
        ))}
        {lookBacks.map((lookBack, i) => (
          <LookBackLine
            key={lookBack.days}
            lookBack={lookBack}
            y={rowY(strips.length + i)}
            left={left}
            from={Math.max(left, x(addDays(to, -lookBack.days)))}
            to={right}
          />
        ))}
        <AxisX
          ticks={calendarTicks(from, to, Math.floor((right - left) / 70), x)}
          left={left}
          right={right}
          y={bottom}
        />
      </>
    ),
  };
}

function linesOf(day: UserDay | undefined, measures: readonly ReportUserMeasure[]): string[] {
  if (day === undefined) return ['no events'];
  const counted = measures.flatMap(({ title }, i) =>
    day.counts[i] > 0 ? [`${formatCount(day.counts[i])} ${title}`] : [],
  );
  return day.plan === '' ? counted : [...counted, `on the plan “${day.plan}”`];
}
