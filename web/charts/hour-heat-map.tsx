import { scaleLinear } from 'd3-scale';
import { clock, weekdays } from '../words/date.ts';
import { formatCount } from '../words/number.ts';
import { AxisX } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';

interface HourHeatMapProps {
  readonly title: string;
  /** 24 counts for each weekday, Monday first. */
  readonly counts: readonly (readonly number[])[];
}

/** Events by UTC hour and weekday, as tints from none to the most. */
export function HourHeatMap({ title, counts }: HourHeatMapProps) {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return (
    <Figure
      name="hours"
      title={title}
      subtitle="Accepted events by UTC hour and weekday. The darker the tint, the more events."
      columns={[{ title: 'Weekday' }, ...hours.map((hour) => ({ title: clock(hour), format: formatCount }))]}
      rows={counts.map((row, day) => [weekdays[day], ...row])}
    >
      <Plot label={title} draw={(width) => draw(counts, width)} />
    </Figure>
  );
}

const left = 36;
const top = 4;
const rowHeight = 26;

function draw(counts: readonly (readonly number[])[], width: number): Drawing {
  const x = scaleLinear([0, 24], [left, width - 2]);
  const cell = x(1) - x(0);
  const most = Math.max(1, ...counts.flat().filter(Number.isFinite));
  const tint = scaleLinear([0, most], [0, 1]);
  const bottom = top + counts.length * rowHeight;
  const cells = counts.flatMap((row, day) =>
    row.map((count, hour) => ({ day, hour, count, x: x(hour), y: top + day * rowHeight })),
  );
  return {
    height: bottom + 74,
    pick: 'xy',
    marks: cells.map(({ day, hour, count, x, y }) => ({
      x: x + cell / 2,
      y: y + rowHeight / 2,
      title: `${weekdays[day]}, ${clock(hour)}–${clock((hour + 1) % 24)}`,
      lines: [`${formatCount(count)} events`],
    })),
    content: (
      <>
        {counts.map((_, day) => (
          <text
            key={weekdays[day]}
            class="row-label"
            x={left - 8}
            y={top + (day + 0.66) * rowHeight}
            text-anchor="end"
          >
            {weekdays[day].slice(0, 2)}
          </text>
        ))}
        {cells.map(({ day, hour, count, x, y }) => (
          <g key={day * 24 + hour}>
            <rect
              class="cell"
              x={x + 1}
              y={y + 1}
              width={Math.max(1, cell - 2)}
              height={rowHeight - 2}
              rx="2"
            />
            <rect
              class="fill stayed"
              x={x + 1}
              y={y + 1}
              width={Math.max(1, cell - 2)}
              height={rowHeight - 2}
              rx="2"
              fill-opacity={tint(count || 0)}
            />
          </g>
        ))}
        <AxisX
          ticks={[0, 6, 12, 18].map((hour) => ({ at: x(hour) + cell / 2, label: clock(hour) }))}
          left={left}
          right={width - 2}
          y={bottom + 2}
          title="hour of the day, UTC"
        />
        <TintKey x={left} y={bottom + 52} most={most} />
      </>
    ),
  };
}

/** From no events to the most, left to right. */
function TintKey({ x, y, most }: { x: number; y: number; most: number }) {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  return (
    <g class="axis">
      <text x={x} y={y + 11}>
        0
      </text>
      {steps.map((share, i) => (
        <g key={share}>
          <rect class="cell" x={x + 14 + i * 22} y={y} width="20" height="14" rx="2" />
          <rect
            class="fill stayed"
            x={x + 14 + i * 22}
            y={y}
            width="20"
            height="14"
            rx="2"
            fill-opacity={share}
          />
        </g>
      ))}
      <text x={x + 14 + steps.length * 22 + 6} y={y + 11}>
        {formatCount(most)} events
      </text>
    </g>
  );
}
