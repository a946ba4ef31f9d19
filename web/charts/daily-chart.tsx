import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReportLog } from '../../src/report/report-data.ts';
import { addDays, formatWeekday, parseDay } from '../words/date.ts';
import { formatCompact, formatCount } from '../words/number.ts';
import { counted, plural } from '../words/plural.ts';
import { AxisX, AxisY } from './axis.tsx';
import { calendarTicks } from './calendar-ticks.ts';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf } from './ticks.ts';

type Day = ReportLog['days'][number];

interface DailyChartProps {
  readonly title: string;
  readonly days: readonly Day[];
  readonly loss: string;
  readonly play: string;
}

interface Panel {
  readonly title: string;
  readonly value: (day: Day) => number;
  readonly kind: 'area' | 'line' | 'bars';
  readonly tone: string;
}

/** Events, users and losses a day: three panels, each with its own scale, above one time axis. */
export function DailyChart({ title, days, loss, play }: DailyChartProps) {
  const panels: Panel[] = [
    { title: 'Events a day', value: ({ events }) => events, kind: 'area', tone: 'stayed' },
    { title: 'Users active a day', value: ({ users }) => users, kind: 'line', tone: 'stayed' },
    { title: `${plural(loss)} a day`, value: ({ losses }) => losses, kind: 'bars', tone: 'lost' },
  ];
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
      rows={days.map(({ day, events, users, plays, losses }) => [day, events, users, plays, losses])}
    >
      <Plot label={title} draw={(width) => draw(days, panels, loss, width)} />
    </Figure>
  );
}

const left = 52;
const panelHeight = 92;
const panelGap = 40;
const firstTop = 28;

function draw(days: readonly Day[], panels: readonly Panel[], loss: string, width: number): Drawing {
  const right = width - 10;
  const times = days.map(({ day }) => parseDay(day));
  const [from, to] = [times[0], addDays(times[times.length - 1], 1)];
  const x = scaleLinear([from, to], [left, right]);
  const dayWidth = (right - left) / Math.max(1, days.length);
  const centre = (i: number) => x(times[i]) + dayWidth / 2;
  const bottom = panels.length * (panelHeight + panelGap) - 12;
  const events = panelScale(days, panels[0], firstTop);
  return {
    height: bottom + 24,
    pick: 'x',
    marks: days.map((day, i) => ({
      x: centre(i),
      y: events(day.events || 0),
      title: formatWeekday(times[i]),
      lines: [counted(day.events, 'event'), counted(day.users, 'active user'), counted(day.losses, loss)],
    })),
    content: (
      <>
        {panels.map((panel, i) => (
          <PanelView
            key={panel.title}
            panel={panel}
            days={days}
            top={firstTop + i * (panelHeight + panelGap)}
            right={right}
            centre={centre}
            dayWidth={dayWidth}
          />
        ))}
        <AxisX
          ticks={calendarTicks(from, to, Math.floor(width / 80), x)}
          left={left}
          right={right}
          y={bottom}
        />
      </>
    ),
  };
}

interface PanelViewProps {
  readonly panel: Panel;
  readonly days: readonly Day[];
  readonly top: number;
  readonly right: number;
  readonly dayWidth: number;
  readonly centre: (i: number) => number;
}

function PanelView({ panel, days, top, right, dayWidth, centre }: PanelViewProps) {
  const base = top + panelHeight;
  const y = panelScale(days, panel, top);
  const ticks = countTicksOf(y, 3, formatCompact);
  return (
    <g class={panel.tone}>
      <AxisY ticks={ticks} left={left} right={right} title={panel.title} titleY={top - 14} />
      {panel.kind === 'bars' &&
        days.map((day, i) => (
          <rect
            key={day.day}
            class="fill"
            x={centre(i) - dayWidth * 0.38}
            y={y(panel.value(day) || 0)}
            width={Math.max(1, dayWidth * 0.76)}
            height={base - y(panel.value(day) || 0)}
          />
        ))}
      {panel.kind === 'area' && <path class="band" d={areaPath(days, panel, centre, y, base)} />}
      {panel.kind !== 'bars' && <path class="stroke" d={linePath(days, panel, centre, y)} />}
    </g>
  );
}

function panelScale(days: readonly Day[], { value }: Panel, top: number) {
  return scaleLinear([0, max(days, value) || 1], [top + panelHeight, top]).nice(3);
}

type Place = (value: number) => number;

function linePath(days: readonly Day[], panel: Panel, centre: Place, y: Place): string {
  const path = line<Day>(
    (_, i) => centre(i),
    (day) => y(panel.value(day)),
  );
  return path.defined((day) => Number.isFinite(panel.value(day)))(days) ?? '';
}

function areaPath(days: readonly Day[], panel: Panel, centre: Place, y: Place, base: number): string {
  const path = area<Day>(
    (_, i) => centre(i),
    base,
    (day) => y(panel.value(day)),
  );
  return path.defined((day) => Number.isFinite(panel.value(day)))(days) ?? '';
}
