import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { addDays, formatWeekday, parseDay } from '../words/date.ts';
import { formatCompact } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import { calendarTicks } from './calendar-ticks.ts';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf } from './ticks.ts';

/** One course over the days; `low` is where an area of a stack begins, 0 where it is absent. */
export interface PanelSeries {
  readonly name: string;
  readonly tone: string;
  readonly kind: 'area' | 'stack' | 'line' | 'bars';
  readonly values: readonly number[];
  readonly low?: readonly number[];
}

export interface TimePanel {
  /** What is counted, in which unit. */
  readonly title: string;
  readonly series: readonly PanelSeries[];
  readonly height?: number;
}

interface TimePanelsProps {
  readonly label: string;
  /** UTC dates, one after another. */
  readonly days: readonly string[];
  readonly panels: readonly TimePanel[];
  readonly lines: (day: number) => readonly string[];
}

/** Panels one below the other, each with its own scale from zero, above one time axis. */
export function TimePanels(props: TimePanelsProps) {
  return <Plot label={props.label} draw={(width) => draw(props, width)} />;
}

const left = 52;
const usualHeight = 92;
const panelGap = 40;
const firstTop = 28;

function draw({ days, panels, lines }: TimePanelsProps, width: number): Drawing {
  const right = width - 10;
  const times = days.map(parseDay);
  const [from, to] = [times[0], addDays(times[times.length - 1], 1)];
  const x = scaleLinear([from, to], [left, right]);
  const dayWidth = (right - left) / Math.max(1, days.length);
  const centre = (i: number) => x(times[i]) + dayWidth / 2;
  const placed = place(panels);
  const bottom = placed[placed.length - 1].base + 28;
  const readOff = scaleOf(placed[0]);
  return {
    height: bottom + 24,
    pick: 'x',
    marks: times.map((time, i) => ({
      x: centre(i),
      y: readOff(placed[0].series[0].values[i] || 0),
      title: formatWeekday(time),
      lines: lines(i),
    })),
    content: (
      <>
        {placed.map((panel) => (
          <PanelView key={panel.title} panel={panel} right={right} centre={centre} dayWidth={dayWidth} />
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

interface Placed extends TimePanel {
  readonly top: number;
  /** Where zero is. */
  readonly base: number;
}

function place(panels: readonly TimePanel[]): Placed[] {
  let top = firstTop;
  return panels.map((panel) => {
    const base = top + (panel.height ?? usualHeight);
    const placed = { ...panel, top, base };
    top = base + panelGap;
    return placed;
  });
}

function scaleOf({ series, top, base }: Placed) {
  const most = Math.max(0, ...series.flatMap(({ values }) => values).filter(Number.isFinite));
  return scaleLinear([0, most || 1], [base, top]).nice(3);
}

interface PanelViewProps {
  readonly panel: Placed;
  readonly right: number;
  readonly dayWidth: number;
  readonly centre: (i: number) => number;
}

function PanelView({ panel, right, centre, dayWidth }: PanelViewProps) {
  const y = scaleOf(panel);
  return (
    <g>
      <AxisY
        ticks={countTicksOf(y, 3, formatCompact)}
        left={left}
        right={right}
        title={panel.title}
        titleY={panel.top - 14}
      />
      {panel.series.map((series) => (
        <g key={series.name} class={series.tone}>
          {series.kind === 'bars' ? (
            <Bars series={series} y={y} base={panel.base} centre={centre} dayWidth={dayWidth} />
          ) : (
            <Course series={series} y={y} centre={centre} />
          )}
        </g>
      ))}
    </g>
  );
}

interface SeriesProps {
  readonly series: PanelSeries;
  readonly y: (value: number) => number;
  readonly centre: (i: number) => number;
}

function Bars({
  series,
  y,
  base,
  centre,
  dayWidth,
}: SeriesProps & { readonly base: number; readonly dayWidth: number }) {
  return series.values.map((value, i) => (
    <rect
      key={i}
      class="fill"
      x={centre(i) - dayWidth * 0.38}
      y={y(value || 0)}
      width={Math.max(1, dayWidth * 0.76)}
      height={base - y(value || 0)}
    />
  ));
}

function Course({ series: { kind, values, low }, y, centre }: SeriesProps) {
  const isKnown = (value: number) => Number.isFinite(value);
  const edge = line<number>(
    (_, i) => centre(i),
    (value) => y(value),
  ).defined(isKnown);
  const body = area<number>(
    (_, i) => centre(i),
    (_, i) => y(low?.[i] ?? 0),
    (value) => y(value),
  ).defined(isKnown);
  return (
    <>
      {kind !== 'line' && <path class={kind === 'stack' ? 'layer' : 'band'} d={body(values) ?? ''} />}
      {kind !== 'stack' && <path class="stroke" d={edge(values) ?? ''} />}
    </>
  );
}
