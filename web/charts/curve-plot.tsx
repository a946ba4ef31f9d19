import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatPercentTick, formatShare } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';
import { AxisX, AxisY } from './axis.tsx';
import type { Mark } from './cursor.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

interface CurvePlotProps {
  readonly label: string;
  readonly axisX: string;
  readonly axisY: string;
  readonly curve: readonly CurvePoint[];
  readonly baseline: readonly CurvePoint[];
  /** What no skill would draw. */
  readonly noSkill: readonly CurvePoint[];
}

/** A curve in the unit square beside the baseline's and that of no skill. */
export function CurvePlot(props: CurvePlotProps) {
  return <Plot label={props.label} draw={(width) => draw(props, width)} />;
}

const left = 46;
const top = 24;

function draw({ axisX, axisY, curve, baseline, noSkill }: CurvePlotProps, width: number): Drawing {
  const right = width - 14;
  const bottom = top + Math.min(right - left, 300);
  const x = scaleLinear([0, 1], [left, right]);
  const y = scaleLinear([0, 1], [bottom, top]);
  const known = curve.filter(finite);
  const path = line<CurvePoint>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).defined(finite);
  const marks: Mark[] = known.map((point) => ({
    x: x(point.x),
    y: y(point.y),
    title: `${capitalised(axisY)}: ${formatShare(point.y)}`,
    lines: [`${axisX}: ${formatShare(point.x)}`],
  }));
  return {
    height: bottom + 44,
    pick: 'x',
    marks,
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatPercentTick)} left={left} right={right} title={axisY} />
        <AxisX ticks={ticksOf(x, 4, formatPercentTick)} left={left} right={right} y={bottom} title={axisX} />
        <path class="stroke reference" d={path(noSkill) ?? ''} />
        <path class="stroke baseline dashed" d={path(baseline) ?? ''} />
        <path class="stroke stayed strong" d={path(known) ?? ''} />
      </>
    ),
  };
}

function finite({ x, y }: CurvePoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
