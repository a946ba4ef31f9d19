import { scaleLinear } from 'd3-scale';
import { area, curveLinear, curveStepAfter, line } from 'd3-shape';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import type { Mark } from './cursor.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf, ticksOf } from './ticks.ts';

/** A share of users by days; points whose share is not finite are left out. */
export interface DayCurve {
  readonly label: string;
  readonly tone: string;
  readonly points: readonly DayPoint[];
}

export interface DayPoint {
  readonly day: number;
  readonly share: number;
  /** Limits of a band around the curve; absent where it has none. */
  readonly low?: number;
  readonly high?: number;
  /** What else is known of the day. */
  readonly lines: readonly string[];
}

interface DayCurvesProps {
  readonly label: string;
  readonly axisX: string;
  readonly axisY: string;
  /** Where the vertical axis starts and, if it is to show more than the curves, ends. */
  readonly floor: number;
  readonly ceiling?: number;
  /** Whether a share holds until the next point. */
  readonly stepped: boolean;
  readonly curves: readonly DayCurve[];
}

/** Shares by days, a line each, some within bands. */
export function DayCurves(props: DayCurvesProps) {
  return <Plot label={props.label} draw={(width) => draw(props, width)} />;
}

const left = 52;
const top = 24;
const bottom = 220;

function draw({ axisX, axisY, floor, ceiling, stepped, curves }: DayCurvesProps, width: number): Drawing {
  const right = width - 12;
  const points = curves.flatMap((curve) => curve.points).filter(({ share }) => Number.isFinite(share));
  const most = ceiling ?? (Math.max(...points.map(({ share, high = share }) => high)) || 1);
  const x = scaleLinear([0, Math.max(1, ...points.map(({ day }) => day))], [left, right]);
  const y = scaleLinear([floor, most], [bottom, top]);
  if (ceiling === undefined) y.nice(4);
  const interpolation = stepped ? curveStepAfter : curveLinear;
  const path = line<DayPoint>(
    ({ day }) => x(day),
    ({ share }) => y(share),
  )
    .defined(({ share }) => Number.isFinite(share))
    .curve(interpolation);
  const band = area<DayPoint>(
    ({ day }) => x(day),
    ({ low = Number.NaN }) => y(low),
    ({ high = Number.NaN }) => y(high),
  )
    .defined(({ low, high }) => Number.isFinite(low) && Number.isFinite(high))
    .curve(interpolation);
  return {
    height: bottom + 44,
    pick: 'xy',
    marks: curves.flatMap((curve) => marksOf(curve, x, y)),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatPercentTick)} left={left} right={right} title={axisY} />
        <AxisX
          ticks={countTicksOf(x, Math.max(2, Math.floor(width / 90)), formatCount)}
          left={left}
          right={right}
          y={bottom}
          title={axisX}
        />
        {curves.map(({ label, tone, points: own }) => (
          <g key={label} class={tone}>
            <path class="band" d={band([...own]) ?? ''} />
            <path class="stroke" d={path([...own]) ?? ''} />
          </g>
        ))}
      </>
    ),
  };
}

function marksOf(
  { label, points }: DayCurve,
  x: (day: number) => number,
  y: (share: number) => number,
): Mark[] {
  return points
    .filter(({ share }) => Number.isFinite(share))
    .map(({ day, share, lines }) => ({
      x: x(day),
      y: y(share),
      title: `${label}, day ${formatCount(day)}: ${formatShare(share)}`,
      lines,
    }));
}
