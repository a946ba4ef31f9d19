import { capitalised } from '../words/plural.ts';
import type { Tick } from './ticks.ts';

interface AxisXProps {
  readonly ticks: readonly Tick[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly title?: string;
  /** Top of vertical grid lines; none without it. */
  readonly gridTop?: number;
}

/** Ticks below the plot, and the title with its unit below them at the right. */
export function AxisX({ ticks, left, right, y, title, gridTop }: AxisXProps) {
  return (
    <g class="axis">
      <path class="domain" d={`M${left},${y}H${right}`} />
      {ticks.map(({ at, label }) => (
        <g key={at}>
          {gridTop !== undefined && <path class="grid" d={`M${at},${y}V${gridTop}`} />}
          <text x={at} y={y + 17} text-anchor={anchor(at, left, right)}>
            {label}
          </text>
        </g>
      ))}
      {title && (
        <text class="axis-title" x={right} y={y + 36} text-anchor="end">
          {capitalised(title)}
        </text>
      )}
    </g>
  );
}

interface AxisYProps {
  readonly ticks: readonly Tick[];
  readonly left: number;
  readonly right: number;
  readonly title?: string;
  readonly titleY?: number;
}

/** Grid lines with their values at the left, and the title with its unit above them. */
export function AxisY({ ticks, left, right, title, titleY = 10 }: AxisYProps) {
  return (
    <g class="axis">
      {ticks.map(({ at, label }) => (
        <g key={at}>
          <path class="grid" d={`M${left},${at}H${right}`} />
          <text x={left - 8} y={at + 4} text-anchor="end">
            {label}
          </text>
        </g>
      ))}
      {title && (
        <text class="axis-title" x={0} y={titleY}>
          {capitalised(title)}
        </text>
      )}
    </g>
  );
}

/** Keeps the labels at both ends inside the drawing. */
function anchor(at: number, left: number, right: number): 'start' | 'middle' | 'end' {
  if (at > right - 14) return 'end';
  return at < left + 2 && left < 12 ? 'start' : 'middle';
}
