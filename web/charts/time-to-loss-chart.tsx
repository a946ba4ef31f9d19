import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { ReportBeforeLoss } from '../../src/report/report-leaving.ts';
import { timeToLossFinding } from '../findings/leaving-findings.ts';
import { formatSpan } from '../words/date.ts';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { type Tick, ticksOf } from './ticks.ts';

interface TimeToLossChartProps {
  readonly beforeLoss: ReportBeforeLoss;
  readonly loss: string;
}

type Role = ReportBeforeLoss['roles'][number];

const drawn = 5;

/** How long before a loss users last did each thing, as the share of the lost who had done it by then. */
export function TimeToLossChart({ beforeLoss, loss }: TimeToLossChartProps) {
  const { roles, spans, lost } = beforeLoss;
  const title = timeToLossFinding(beforeLoss, loss);
  const shown = [...roles].sort((a, b) => b.last - a.last || b.ever - a.ever).slice(0, drawn);
  return (
    <Figure
      name="time-to-loss"
      title={title}
      subtitle={`Share of the ${formatCount(lost)} lost who had done it so shortly before their ${loss}; the actions that most often came last. The time axis is logarithmic.`}
      legend={shown.map(({ action }, i) => ({ label: action, tone: `group${i + 1}`, mark: 'line' }))}
      columns={[
        { title: 'Action' },
        ...spans.map((seconds) => ({ title: formatSpan(seconds), format: formatCount })),
        { title: 'Ever', format: formatCount },
      ]}
      rows={roles.map(({ action, within, ever }) => [action, ...within, ever])}
    >
      <Plot label={title} draw={(width) => draw(shown, spans, lost, width)} />
    </Figure>
  );
}

const left = 52;
const top = 24;
const bottom = 220;

function draw(roles: readonly Role[], spans: readonly number[], lost: number, width: number): Drawing {
  const right = width - 16;
  const x = scaleLog([spans[0], spans[spans.length - 1]], [left, right]);
  const share = (count: number) => (lost === 0 ? Number.NaN : count / lost);
  const y = scaleLinear([0, 1], [bottom, top]);
  const path = line<number>(
    (_, i) => x(spans[i]),
    (count) => y(share(count)),
  ).defined((count) => Number.isFinite(share(count)));
  const labels = spaced(spans.map((seconds) => ({ at: x(seconds), label: formatSpan(seconds) })));
  return {
    height: bottom + 44,
    pick: 'xy',
    marks: roles
      .flatMap(({ action, within }) =>
        within.map((count, i) => ({
          x: x(spans[i]),
          y: y(share(count)),
          title: `${action}: ${formatShare(share(count))}`,
          lines: [`${formatCount(count)} of ${formatCount(lost)} within ${formatSpan(spans[i])}`],
        })),
      )
      .filter((mark) => Number.isFinite(mark.y)),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatPercentTick)} left={left} right={right} title="share of the lost" />
        <AxisX ticks={labels} left={left} right={right} y={bottom} title="time before the loss, at most" />
        {roles.map(({ action, within }, i) => (
          <path key={action} class={`stroke group${i + 1}`} d={path(within) ?? ''} />
        ))}
      </>
    ),
  };
}

const labelRoom = 44;

/** The labels that have room, the last one among them. */
function spaced(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const tick of [...ticks].reverse()) {
    if (kept.length === 0 || kept[0].at - tick.at >= labelRoom) kept.unshift(tick);
  }
  return kept;
}
