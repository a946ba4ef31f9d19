import { scaleLinear } from 'd3-scale';
import type { ReportFeature, ReportOutcome } from '../../src/report/report-examples.ts';
import { featureFinding } from '../findings/feature-findings.ts';
import {
  formatCompact,
  formatCount,
  formatPercentTick,
  formatQuantity,
  formatShare,
} from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf, ticksOf } from './ticks.ts';

const outcomes = ['lost', 'stayed'] as const;
type Outcome = (typeof outcomes)[number];

/** One feature by outcome: histogram, boxes and cumulative shares above one axis. */
export function FeatureDistributionChart({ feature }: { feature: ReportFeature }) {
  const title = featureFinding(feature);
  return (
    <Figure
      wide
      name="feature-distribution"
      title={title}
      subtitle={`${feature.name}${feature.unit === '' ? '' : `, in ${feature.unit}`}: shares of each outcome's users by value; boxes from quartile to quartile, whiskers from the 5th to the 95th percentile; shares with at most that value. The outer bins also hold what lies beyond.`}
      legend={outcomes.map((outcome) => ({
        label: `${outcome} (${counted(feature[outcome].known, 'user')}, ${formatCount(feature[outcome].missing)} without a value)`,
        tone: outcome,
        mark: 'line',
      }))}
      columns={[
        { title: 'Share of users' },
        { title: 'Value of the lost, at most', format: formatQuantity },
        { title: 'Value of those who stayed, at most', format: formatQuantity },
      ]}
      rows={feature.lost.quantiles.map((value, i) => [
        formatShare(i / (feature.lost.quantiles.length - 1)),
        value,
        feature.stayed.quantiles[i],
      ])}
    >
      <Plot label={title} draw={(width) => draw(feature, width)} />
    </Figure>
  );
}

const left = 52;
const histogramTop = 24;
const histogramBase = 150;
const boxTop = 164;
const boxHeight = 14;
const cumulativeTop = 232;
const cumulativeBase = 352;

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function draw(feature: ReportFeature, width: number): Drawing {
  const right = width - 12;
  const { edges } = feature;
  const from = edges[0] ?? 0;
  const x = scaleLinear([from, edges[edges.length - 1] ?? from + 1], [left, right]).clamp(true);
  const share = (outcome: Outcome, bin: number) => shareOf(feature[outcome], bin);
  const most = Math.max(
    0.01,
    ...outcomes.flatMap((outcome) => feature[outcome].counts.map((_, bin) => share(outcome, bin))),
  );
  const y = scaleLinear([0, most], [histogramBase, histogramTop]).nice(3);
  const cumulative = scaleLinear([0, 1], [cumulativeBase, cumulativeTop]);
  const marks = feature.lost.counts.map((_, bin) => ({
    x: (x(edges[bin]) + x(edges[bin + 1])) / 2,
    y: y(share('lost', bin)),
    title: `${formatQuantity(edges[bin])} to ${formatQuantity(edges[bin + 1])}`,
    lines: outcomes.map(
      (outcome) =>
        `${formatShare(share(outcome, bin))} of those who ${outcome === 'lost' ? 'left' : 'stayed'}`,
    ),
  }));
  return {
    height: cumulativeBase + 44,
    pick: 'x',
    marks,
    content: (
      <>
        <AxisY ticks={ticksOf(y, 3, formatPercentTick)} left={left} right={right} title="share of users" />
        <AxisY
          ticks={ticksOf(cumulative, 2, formatPercentTick)}
          left={left}
          right={right}
          title="share with at most that value"
          titleY={cumulativeTop - 14}
        />
        {outcomes.map((outcome, i) => (
          <g key={outcome} class={outcome}>
            <path class="band" d={`${steps(feature[outcome], edges, x, y)}V${histogramBase}H${left}Z`} />
            <path class="stroke" d={steps(feature[outcome], edges, x, y)} />
            <Box outcome={feature[outcome]} x={x} y={boxTop + i * (boxHeight + 6)} />
            <path class="stroke" d={cumulativePath(feature[outcome], x, cumulative)} />
          </g>
        ))}
        <AxisX
          ticks={countableTicks(edges, x, Math.max(2, Math.floor(width / 90)))}
          left={left}
          right={right}
          y={cumulativeBase}
          title={feature.unit === '' ? 'value' : feature.unit}
        />
      </>
    ),
  };
}

function shareOf({ counts, known }: ReportOutcome, bin: number): number {
  return known === 0 ? 0 : counts[bin] / known;
}

/** Whole bins are of whole numbers, between which there is nothing to tick. */
function countableTicks(edges: readonly number[], x: Scale, count: number) {
  const ticks = edges.every(Number.isInteger) ? countTicksOf : ticksOf;
  return ticks(x, count, formatCompact);
}

function steps(outcome: ReportOutcome, edges: readonly number[], x: Scale, y: Scale): string {
  const corners = outcome.counts.map((_, bin) => `V${y(shareOf(outcome, bin))}H${x(edges[bin + 1])}`);
  return `M${left},${histogramBase}${corners.join('')}`;
}

const [q05, q25, q50, q75, q95] = [1, 5, 10, 15, 19];

function Box({ outcome: { known, quantiles, mean }, x, y }: { outcome: ReportOutcome; x: Scale; y: number }) {
  if (known === 0) return null;
  const at = (i: number) => x(quantiles[i]);
  const middle = y + boxHeight / 2;
  return (
    <g>
      <path class="stroke whisker" d={`M${at(q05)},${middle}H${at(q25)}M${at(q75)},${middle}H${at(q95)}`} />
      <rect class="box" x={at(q25)} y={y} width={Math.max(1, at(q75) - at(q25))} height={boxHeight} rx="2" />
      <path class="stroke median" d={`M${at(q50)},${y}V${y + boxHeight}`} />
      <circle class="mean" cx={x(mean)} cy={middle} r="3" />
    </g>
  );
}

function cumulativePath({ known, quantiles }: ReportOutcome, x: Scale, y: Scale): string {
  if (known === 0) return '';
  const points = quantiles.map((value, i) => `${x(value)},${y(i / (quantiles.length - 1))}`);
  return `M${points.join('L')}`;
}
