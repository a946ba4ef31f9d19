import { scaleLinear } from 'd3-scale';
import type { ReportModel } from '../../src/report/report-data.ts';
import type { ReportDistribution } from '../../src/report/report-explanation.ts';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

/** Test examples by predicted probability: of those who left above, of those who stayed below, each as shares of its own. */
export function ScoreDistributionChart({ model }: { model: ReportModel }) {
  const parts = partsOf(model.distribution);
  const title = distributionFinding(model, parts);
  return (
    <Figure
      name="score-distribution"
      title={title}
      subtitle="Test examples by predicted probability, as shares of those who left (above) and of those who stayed (below)."
      legend={[
        { label: 'Left', tone: 'lost', mark: 'box' },
        { label: 'Stayed', tone: 'stayed', mark: 'box' },
        { label: 'Threshold', tone: 'reference', mark: 'tick' },
      ]}
      columns={[
        { title: 'From', format: formatShare },
        { title: 'To', format: formatShare },
        { title: 'Left', format: formatCount },
        { title: 'Stayed', format: formatCount },
      ]}
      rows={parts.map(({ from, to, lost, stayed }) => [from, to, lost, stayed])}
    >
      <Plot label={title} draw={(width) => draw(parts, model.threshold, width)} />
    </Figure>
  );
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly lost: number;
  readonly stayed: number;
  /** Of all who left, of all who stayed. */
  readonly shareOfLost: number;
  readonly shareOfStayed: number;
}

function partsOf({ width, lost, stayed }: ReportDistribution): Part[] {
  const all = { lost: sum(lost), stayed: sum(stayed) };
  return lost.map((count, k) => ({
    from: k * width,
    to: (k + 1) * width,
    lost: count,
    stayed: stayed[k],
    shareOfLost: all.lost === 0 ? 0 : count / all.lost,
    shareOfStayed: all.stayed === 0 ? 0 : stayed[k] / all.stayed,
  }));
}

/** The share of the two distributions that lies in the same place. */
function distributionFinding({ title }: ReportModel, parts: readonly Part[]): string {
  const known = parts.some(({ lost }) => lost > 0) && parts.some(({ stayed }) => stayed > 0);
  if (!known) return `${title}: one outcome has no test examples to compare`;
  const overlap = sum(parts.map(({ shareOfLost, shareOfStayed }) => Math.min(shareOfLost, shareOfStayed)));
  return `The scores of leavers and stayers overlap by ${formatShare(overlap)}`;
}

const left = 46;
const top = 24;
const half = 90;

function draw(parts: readonly Part[], threshold: number, width: number): Drawing {
  const right = width - 14;
  const middle = top + half;
  const bottom = middle + half;
  const end = parts[parts.length - 1].to;
  const x = scaleLinear([0, Math.max(end, Number.isFinite(threshold) ? threshold : 0)], [left, right]);
  const most = Math.max(0.01, ...parts.flatMap((part) => [part.shareOfLost, part.shareOfStayed]));
  const up = scaleLinear([0, most], [middle, top]);
  const down = scaleLinear([0, most], [middle, bottom]);
  return {
    height: bottom + 44,
    pick: 'x',
    marks: parts.map(({ from, to, lost, stayed, shareOfLost, shareOfStayed }) => ({
      x: x((from + to) / 2),
      y: middle,
      title: `Probability ${formatShare(from)} to ${formatShare(to)}`,
      lines: [
        `${formatCount(lost)} left (${formatShare(shareOfLost)} of them)`,
        `${formatCount(stayed)} stayed (${formatShare(shareOfStayed)} of them)`,
      ],
    })),
    content: (
      <>
        <AxisY
          ticks={[...ticksOf(up, 2, formatPercentTick), ...ticksOf(down, 2, formatPercentTick).slice(1)]}
          left={left}
          right={right}
          title="share of the outcome"
        />
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor(width / 90)), formatPercentTick)}
          left={left}
          right={right}
          y={bottom}
          title="predicted probability of leaving"
        />
        {parts.map(({ from, to, shareOfLost, shareOfStayed }) => (
          <g key={from}>
            <Bar tone="lost" x={x(from)} width={x(to) - x(from)} from={up(shareOfLost)} to={middle} />
            <Bar tone="stayed" x={x(from)} width={x(to) - x(from)} from={middle} to={down(shareOfStayed)} />
          </g>
        ))}
        <path class="stroke reference" d={`M${left},${middle}H${right}`} />
        {Number.isFinite(threshold) && (
          <path class="stroke reference" d={`M${x(threshold)},${top - 6}V${bottom}`} />
        )}
      </>
    ),
  };
}

interface BarProps {
  readonly tone: string;
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

function Bar({ tone, x, width, from, to }: BarProps) {
  return (
    <rect
      class={`fill ${tone}`}
      x={x + 0.5}
      y={from}
      width={Math.max(1, width - 1)}
      height={Math.max(0, to - from)}
    />
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
