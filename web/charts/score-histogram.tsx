import { bin } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { formatCompact, formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf, ticksOf } from './ticks.ts';

interface ScoreHistogramProps {
  readonly title: string;
  readonly probability: Float64Array;
  readonly threshold: number;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly users: number;
}

/** Users by predicted probability, and the threshold above which they count as at risk. */
export function ScoreHistogram({ title, probability, threshold }: ScoreHistogramProps) {
  const bins = binned(probability);
  return (
    <Figure
      wide
      name="scores"
      title={title}
      subtitle="Users by predicted probability of leaving."
      legend={[
        { label: 'Users', tone: 'stayed', mark: 'box' },
        { label: `Threshold ${formatShare(threshold)}`, tone: 'lost', mark: 'dashed' },
      ]}
      columns={[
        { title: 'From', format: formatShare },
        { title: 'To', format: formatShare },
        { title: 'Users', format: formatCount },
      ]}
      rows={bins.map(({ from, to, users }) => [from, to, users])}
    >
      <Plot label={title} draw={(width) => draw(bins, threshold, width)} />
    </Figure>
  );
}

const left = 52;
const top = 26;
const bottom = 190;

function binned(probability: Float64Array): Bin[] {
  const known = Array.from(probability).filter(Number.isFinite);
  if (known.length === 0) return [];
  const most = Math.max(
    0.05,
    known.reduce((a, b) => Math.max(a, b), 0),
  );
  const ticks = scaleLinear([0, most], [0, 1]).nice(25).ticks(25);
  const bins = bin()
    .domain([0, ticks[ticks.length - 1]])
    .thresholds(ticks)(known);
  return bins
    .map((values) => ({ from: values.x0 ?? 0, to: values.x1 ?? 1, users: values.length }))
    .filter(({ from, to }) => to > from);
}

function draw(bins: readonly Bin[], threshold: number, width: number): Drawing {
  const right = width - 14;
  const x = scaleLinear([0, Math.max(threshold || 0, bins[bins.length - 1].to)], [left, right]);
  const y = scaleLinear([0, Math.max(...bins.map(({ users }) => users))], [bottom, top]).nice(4);
  return {
    height: bottom + 44,
    pick: 'x',
    marks: bins.map(({ from, to, users }) => ({
      x: x((from + to) / 2),
      y: y(users),
      title: counted(users, 'user'),
      lines: [`probability ${formatShare(from)} to ${formatShare(to)}`],
    })),
    content: (
      <>
        <AxisY ticks={countTicksOf(y, 4, formatCompact)} left={left} right={right} title="users" />
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor(width / 90)), formatPercentTick)}
          left={left}
          right={right}
          y={bottom}
          title="predicted probability of leaving"
        />
        {bins.map(({ from, to, users }) => (
          <rect
            key={from}
            class="fill stayed"
            x={x(from) + 0.5}
            y={y(users)}
            width={Math.max(1, x(to) - x(from) - 1)}
            height={bottom - y(users)}
          />
        ))}
        {Number.isFinite(threshold) && (
          <path class="stroke lost dashed" d={`M${x(threshold)},${top - 8}V${bottom}`} />
        )}
      </>
    ),
  };
}
