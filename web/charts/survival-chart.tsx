import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import type { ReportSurvivalPoint } from '../../src/report/report-data.ts';
import { formatCount, formatPercentTick, formatRange, formatShare } from '../words/number.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf, ticksOf } from './ticks.ts';

interface SurvivalChartProps {
  readonly title: string;
  readonly points: readonly ReportSurvivalPoint[];
}

/** The Kaplan–Meier curve of staying, with its 95 % band. */
export function SurvivalChart({ title, points }: SurvivalChartProps) {
  return (
    <Figure
      wide
      name="survival"
      title={title}
      subtitle="Share still with the service by days since the log first saw the user (Kaplan–Meier). The axis starts at 0%."
      legend={[
        { label: 'Estimate', tone: 'stayed', mark: 'line' },
        { label: '95% interval', tone: 'stayed', mark: 'band' },
      ]}
      columns={[
        { title: 'Day', format: formatCount },
        { title: 'At risk', format: formatCount },
        { title: 'Lost that day', format: formatCount },
        { title: 'Staying', format: formatShare },
        { title: '95% interval', format: formatShare },
      ]}
      rows={points.map(({ day, atRisk, lost, staying }) => [day, atRisk, lost, staying.value, staying])}
    >
      <Plot label={title} draw={(width) => draw(points, width)} />
    </Figure>
  );
}

/** Where every curve begins; the estimate has no point before the first duration. */
const everybody: ReportSurvivalPoint = { day: 0, atRisk: 0, lost: 0, staying: { value: 1, low: 1, high: 1 } };

const left = 52;
const top = 24;
const bottom = 260;

function draw(points: readonly ReportSurvivalPoint[], width: number): Drawing {
  const right = width - 12;
  const x = scaleLinear([0, Math.max(1, ...points.map(({ day }) => day))], [left, right]);
  const y = scaleLinear([0, 1], [bottom, top]);
  const known = points.filter(({ day, staying }) => Number.isFinite(day) && Number.isFinite(staying.value));
  const steps = known.length > 0 && known[0].day > 0 ? [everybody, ...known] : known;
  const curve = line<ReportSurvivalPoint>(
    ({ day }) => x(day),
    ({ staying }) => y(staying.value),
  );
  const band = area<ReportSurvivalPoint>(
    ({ day }) => x(day),
    ({ staying }) => y(staying.low),
    ({ staying }) => y(staying.high),
  );
  const bounded = ({ staying }: ReportSurvivalPoint) =>
    Number.isFinite(staying.low) && Number.isFinite(staying.high);
  return {
    height: bottom + 44,
    pick: 'x',
    marks: known.map(({ day, atRisk, lost, staying }) => ({
      x: x(day),
      y: y(staying.value),
      title: `Day ${formatCount(day)}: ${formatShare(staying.value)} still here`,
      lines: [
        `95% interval ${formatRange(staying, formatShare)}`,
        `${formatCount(atRisk)} at risk, ${formatCount(lost)} lost`,
      ],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatPercentTick)} left={left} right={right} title="share staying" />
        <AxisX
          ticks={countTicksOf(x, Math.max(2, Math.floor(width / 90)), formatCount)}
          left={left}
          right={right}
          y={bottom}
          title="days since first seen"
        />
        <g class="stayed">
          <path class="band" d={band.defined(bounded).curve(curveStepAfter)(steps) ?? ''} />
          <path class="stroke" d={curve.curve(curveStepAfter)(steps) ?? ''} />
        </g>
      </>
    ),
  };
}
