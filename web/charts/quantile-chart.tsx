import { scaleLinear } from 'd3-scale';
import type { ReportMeasure } from '../../src/report/report-data.ts';
import { formatCompact, formatCount, formatQuantity } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { AxisX } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

interface QuantileChartProps {
  readonly title: string;
  /** One measure, a row an outcome. */
  readonly measures: readonly ReportMeasure[];
}

/** A box from the quartiles, whiskers to the 5th and 95th percentile, by outcome. */
export function QuantileChart({ title, measures }: QuantileChartProps) {
  const { measure, unit } = measures[0];
  return (
    <Figure
      name={`by-outcome-${slug(measure)}`}
      title={title}
      subtitle={unit === '' ? capitalised(measure) : `${capitalised(measure)}, in ${unit}`}
      columns={[
        { title: 'Outcome' },
        { title: 'Users', format: formatCount },
        ...['Mean', 'SD', '5%', '25%', 'Median', '75%', '95%'].map((name) => ({
          title: name,
          format: formatQuantity,
        })),
      ]}
      rows={measures.map((row) => [
        row.outcome,
        row.users,
        ...[row.mean, row.sd, row.q05, row.q25, row.q50, row.q75, row.q95],
      ])}
    >
      <Plot label={title} draw={(width) => draw(measures, unit, width)} />
    </Figure>
  );
}

const left = 52;
const step = 40;
const box = 18;

function draw(measures: readonly ReportMeasure[], unit: string, width: number): Drawing {
  const right = width - 12;
  const ends = measures.flatMap(({ q05, q95, mean }) => [q05, q95, mean]).filter(Number.isFinite);
  const high = Math.max(0, ...ends);
  const x = scaleLinear([Math.min(0, ...ends), high === 0 ? 1 : high], [left, right]).nice();
  const bottom = measures.length * step;
  const drawable = measures.filter((row) =>
    [row.q05, row.q25, row.q50, row.q75, row.q95].every(Number.isFinite),
  );
  return {
    height: bottom + 44,
    pick: 'y',
    marks: drawable.map((row) => ({
      x: x(row.q50),
      y: (measures.indexOf(row) + 0.5) * step,
      title: `${capitalised(row.outcome)}: ${formatCount(row.users)} users`,
      lines: [
        `median ${formatQuantity(row.q50)}, mean ${formatQuantity(row.mean)}`,
        `half between ${formatQuantity(row.q25)} and ${formatQuantity(row.q75)}`,
        `nine in ten between ${formatQuantity(row.q05)} and ${formatQuantity(row.q95)}`,
      ],
    })),
    content: (
      <>
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor((right - left) / 80)), formatCompact)}
          left={left}
          right={right}
          y={bottom}
          title={unit}
          gridTop={2}
        />
        {measures.map(({ outcome }, i) => (
          <text key={outcome} class="row-label" x={left - 8} y={(i + 0.5) * step + 4} text-anchor="end">
            {capitalised(outcome)}
          </text>
        ))}
        {drawable.map((row) => (
          <Box key={row.outcome} row={row} x={x} y={(measures.indexOf(row) + 0.5) * step} />
        ))}
      </>
    ),
  };
}

function Box({ row, x, y }: { row: ReportMeasure; x: (value: number) => number; y: number }) {
  return (
    <g class={row.outcome}>
      <path class="stroke whisker" d={`M${x(row.q05)},${y}H${x(row.q25)}M${x(row.q75)},${y}H${x(row.q95)}`} />
      <rect
        class="box"
        x={x(row.q25)}
        y={y - box / 2}
        width={Math.max(1, x(row.q75) - x(row.q25))}
        height={box}
        rx="2"
      />
      <path class="stroke median" d={`M${x(row.q50)},${y - box / 2}V${y + box / 2}`} />
      {Number.isFinite(row.mean) && <circle class="mean" cx={x(row.mean)} cy={y} r="3.5" />}
    </g>
  );
}
