import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { ReportModel } from '../../src/report/report-data.ts';
import { formatCompact, formatPercentTick, formatQuantity, formatShare } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import { curveLegend } from './curve-legend.ts';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

interface LiftPoint {
  readonly share: number;
  readonly lift: number;
}

/** How many times as many leavers stand at the top of the ranking as in any order; the first percent is left out, as chance. */
export function LiftChart({ model, baseline }: { model: ReportModel; baseline: ReportModel | undefined }) {
  const points = liftOf(model);
  const title = liftFinding(points);
  return (
    <Figure
      name="lift"
      title={title}
      subtitle="Lift: the share of leavers among those contacted over the share among all."
      legend={curveLegend(model, baseline, 'Any order: 1')}
      columns={[
        { title: 'Users contacted', format: formatShare },
        { title: 'Lift', format: formatQuantity },
      ]}
      rows={points.map(({ share, lift }) => [share, lift])}
    >
      <Plot
        label={title}
        draw={(width) => draw(points, baseline && baseline !== model ? liftOf(baseline) : [], width)}
      />
    </Figure>
  );
}

const least = 0.01;

function liftOf({ gains }: ReportModel): LiftPoint[] {
  return gains
    .filter(({ share, captured }) => share >= least && Number.isFinite(captured))
    .map(({ share, captured }) => ({ share, lift: captured / share }));
}

function liftFinding(points: readonly LiftPoint[]): string {
  const tenth = points.find(({ share }) => share >= 0.1);
  if (tenth === undefined) return 'The lift could not be measured';
  return `Among the ${formatShare(tenth.share)} with the highest scores leavers are ${formatQuantity(tenth.lift)} times as frequent as among all`;
}

const left = 46;
const top = 24;
const shareTicks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

function draw(points: readonly LiftPoint[], baseline: readonly LiftPoint[], width: number): Drawing {
  const right = width - 14;
  const bottom = top + Math.min(right - left, 300);
  const x = scaleLog([least, 1], [left, right]);
  const most = Math.max(2, ...points.map(({ lift }) => lift), ...baseline.map(({ lift }) => lift));
  const y = scaleLinear([0, most], [bottom, top]).nice(4);
  const path = line<LiftPoint>(
    ({ share }) => x(share),
    ({ lift }) => y(lift),
  );
  return {
    height: bottom + 44,
    pick: 'x',
    marks: points.map(({ share, lift }) => ({
      x: x(share),
      y: y(lift),
      title: `Lift ${formatQuantity(lift)}`,
      lines: [`the ${formatShare(share)} with the highest scores`],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatCompact)} left={left} right={right} title="lift" />
        <AxisX
          ticks={shareTicks.map((share) => ({ at: x(share), label: formatPercentTick(share) }))}
          left={left}
          right={right}
          y={bottom}
          title="share of users contacted, logarithmic"
        />
        <path class="stroke reference" d={`M${left},${y(1)}H${right}`} />
        <path class="stroke baseline dashed" d={path(baseline) ?? ''} />
        <path class="stroke stayed strong" d={path(points) ?? ''} />
      </>
    ),
  };
}
