import { scaleLinear } from 'd3-scale';
import type { Column, Row } from '../tables/cell.ts';
import { formatCompact, formatCount } from '../words/number.ts';
import { AxisX } from './axis.tsx';
import { Figure } from './figure.tsx';
import { fitText, gutterFor } from './fit-text.ts';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf } from './ticks.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
  /** Further facts for the tooltip. */
  readonly lines: readonly string[];
}

interface BarChartProps {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly axis: string;
  readonly bars: readonly Bar[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Horizontal bars from zero, in the order given, each with its value written out. */
export function BarChart({ name, title, subtitle, axis, bars, columns, rows }: BarChartProps) {
  return (
    <Figure name={name} title={title} subtitle={subtitle} columns={columns} rows={rows}>
      <Plot label={title} draw={(width) => draw(bars, axis, width)} />
    </Figure>
  );
}

const step = 26;
const top = 6;

function draw(bars: readonly Bar[], axis: string, width: number): Drawing {
  const left = gutterFor(
    bars.map(({ label }) => label),
    width * 0.4,
  );
  const valueRoom = 64;
  const right = width - valueRoom;
  const bottom = top + bars.length * step;
  const most = Math.max(1, ...bars.map(({ value }) => (Number.isFinite(value) ? value : 0)));
  const x = scaleLinear([0, most], [left, right]);
  const placed = bars.map((bar, i) => ({ ...bar, y: top + i * step, end: x(bar.value || 0) }));
  return {
    height: bottom + 44,
    pick: 'y',
    marks: placed.map(({ label, value, lines, y, end }) => ({
      x: end,
      y: y + step / 2,
      title: label,
      lines: [`${formatCount(value)} ${axis}`, ...lines],
    })),
    content: (
      <>
        <AxisX
          ticks={countTicksOf(x, Math.max(2, Math.floor((right - left) / 90)), formatCompact)}
          left={left}
          right={right}
          y={bottom}
          title={axis}
          gridTop={top}
        />
        {placed.map(({ label, value, y, end }) => (
          <g key={label}>
            <text class="row-label" x={left - 10} y={y + 17} text-anchor="end">
              {fitText(label, left - 10)}
            </text>
            <rect
              class="fill stayed"
              x={left}
              y={y + 5}
              width={Math.max(0, end - left)}
              height={step - 10}
              rx="2"
            />
            <text class="row-value" x={Math.max(end, left) + 6} y={y + 17}>
              {formatCount(value)}
            </text>
          </g>
        ))}
      </>
    ),
  };
}
