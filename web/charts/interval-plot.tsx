import { scaleLinear } from 'd3-scale';
import type { ReportInterval } from '../../src/report/report-data.ts';
import { formatRange } from '../words/number.ts';
import { AxisX } from './axis.tsx';
import { fitText, gutterFor } from './fit-text.ts';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

interface IntervalRow {
  readonly label: string;
  readonly interval: ReportInterval;
  readonly tone?: string;
  /** Marked by a cross, to compare with. */
  readonly expected?: number;
  readonly lines?: readonly string[];
}

export interface IntervalPlotProps {
  readonly label: string;
  readonly axis: string;
  readonly rows: readonly IntervalRow[];
  /** A vertical line to compare with. */
  readonly reference?: number;
  /** Values the axis always shows. */
  readonly include?: readonly number[];
  readonly format: (value: number) => string;
  readonly tickFormat?: (value: number) => string;
}

/** A dot with its interval a row, on one axis. */
export function IntervalPlot(props: IntervalPlotProps) {
  return <Plot label={props.label} draw={(width) => draw(props, width)} />;
}

const top = 8;
/** Below this width a label beside its row would be cut to what tells no row from another: it stands above the row. */
const narrow = 480;

function draw(
  { rows, axis, reference, include, format, tickFormat }: IntervalPlotProps,
  width: number,
): Drawing {
  const labels = rows.map(({ label }) => label);
  const isBeside = width >= narrow || gutterFor(labels, width) <= width * 0.42;
  const left = isBeside ? gutterFor(labels, width * 0.42) : 8;
  const step = isBeside ? 28 : 38;
  const right = width - 12;
  const bottom = top + rows.length * step;
  const x = scaleLinear(domain(rows, [...(include ?? []), ...(reference === undefined ? [] : [reference])]), [
    left,
    right,
  ]).nice();
  const placed = rows.map((row, i) => ({ ...row, y: top + (i + 1) * step - (isBeside ? step / 2 : 10) }));
  const measured = placed.filter(({ interval }) => Number.isFinite(interval.value));
  return {
    height: bottom + 44,
    pick: 'y',
    marks: measured.map(({ label, interval, lines, y }) => ({
      x: x(interval.value),
      y,
      title: label,
      lines: [`${format(interval.value)} (${formatRange(interval, format)})`, ...(lines ?? [])],
    })),
    content: (
      <>
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor((right - left) / 80)), tickFormat ?? format)}
          left={left}
          right={right}
          y={bottom}
          title={axis}
          gridTop={top}
        />
        {reference !== undefined && Number.isFinite(reference) && (
          <path class="stroke reference" d={`M${x(reference)},${top}V${bottom}`} />
        )}
        {placed.map(({ label, interval, expected, tone, y }) => (
          <g key={label} class={tone ?? 'stayed'}>
            {isBeside ? (
              <text class="row-label" x={left - 12} y={y + 4} text-anchor="end">
                {fitText(label, left - 12)}
              </text>
            ) : (
              <text class="row-label" x={left} y={y - 10}>
                {fitText(label, right - left)}
              </text>
            )}
            {Number.isFinite(interval.low) && Number.isFinite(interval.high) && (
              <path class="stroke whisker" d={`M${x(interval.low)},${y}H${x(interval.high)}`} />
            )}
            {expected !== undefined && Number.isFinite(expected) && (
              <path class="stroke baseline" d={cross(x(expected), y)} />
            )}
            {Number.isFinite(interval.value) && <circle class="fill" cx={x(interval.value)} cy={y} r="4.5" />}
          </g>
        ))}
      </>
    ),
  };
}

function cross(x: number, y: number): string {
  return `M${x - 4},${y - 4}L${x + 4},${y + 4}M${x - 4},${y + 4}L${x + 4},${y - 4}`;
}

function domain(rows: readonly IntervalRow[], also: readonly number[]): [number, number] {
  const values = rows.flatMap(({ interval, expected = Number.NaN }) => [
    interval.value,
    interval.low,
    interval.high,
    expected,
  ]);
  const finite = [...values, ...also].filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (finite.length === 0) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
