import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { ReportLearning, ReportRiskByDay } from '../../src/report/report-data.ts';
import { AxisX, AxisY } from '../charts/axis.tsx';
import { Figure } from '../charts/figure.tsx';
import { type Drawing, Plot } from '../charts/plot.tsx';
import { ticksOf } from '../charts/ticks.ts';
import type { User } from '../report/user-blocks.ts';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';

interface RiskByDayChartProps {
  readonly user: User;
  readonly learning: ReportLearning;
  readonly loss: string;
}

/** The probability of being lost by each day to come, beside the mean of everyone; nothing where the run has none. */
export function RiskByDayChart({ user: { risk }, learning: { riskByDay }, loss }: RiskByDayChartProps) {
  if (riskByDay === undefined || risk.length === 0) return null;
  const { days, everyone, carriedDays } = riskByDay;
  const at = Math.max(
    0,
    days.findLastIndex((day) => day <= carriedDays),
  );
  const title = `${formatShare(risk[at])} likely to be lost by day ${days[at]}, where everyone at risk has ${formatShare(everyone[at])} on average`;
  const beyond = days[days.length - 1] > carriedDays;
  return (
    <Figure
      wide
      name="user-risk-by-day"
      title={title}
      subtitle={`Probability of a ${loss} by the end of each day from the scoring day on, which is day 1.${beyond ? ` The log carries forecasts to day ${carriedDays}; what is dashed lies beyond and is an extrapolation.` : ''}`}
      legend={[
        { label: 'this user', tone: 'lost', mark: 'line' },
        { label: 'mean of everyone at risk', tone: 'baseline', mark: 'line' },
      ]}
      columns={[
        { title: 'Day', format: formatCount },
        { title: 'This user', format: formatShare },
        { title: 'Everyone', format: formatShare },
        { title: 'Carried by the log' },
      ]}
      rows={days.map((day, i) => [day, risk[i], everyone[i], day <= carriedDays ? 'yes' : 'no'])}
    >
      <Plot label={title} draw={(width) => draw(risk, riskByDay, width)} />
    </Figure>
  );
}

const left = 52;
const top = 26;
const bottom = 200;

function draw(
  risk: readonly number[],
  { days, everyone, carriedDays }: ReportRiskByDay,
  width: number,
): Drawing {
  const right = width - 14;
  const x = scaleLinear([0, days[days.length - 1]], [left, right]);
  const y = scaleLinear([0, Math.max(...risk, ...everyone) || 1], [bottom, top]).nice(4);
  const path = (values: readonly number[], isIn: (day: number) => boolean) =>
    line<number>(
      (day) => x(day),
      (_, i) => y(values[i]),
    ).defined((day, i) => isIn(day) && Number.isFinite(values[i]))(days) ?? '';
  const last = days.findLast((day) => day <= carriedDays) ?? 0;
  const curves = [
    { tone: 'baseline', values: everyone },
    { tone: 'lost', values: risk },
  ];
  return {
    height: bottom + 44,
    pick: 'x',
    marks: days.map((day, i) => ({
      x: x(day),
      y: y(risk[i]),
      title: `By day ${day}: ${formatShare(risk[i])}`,
      lines: [`everyone: ${formatShare(everyone[i])}`, ...(day > carriedDays ? ['an extrapolation'] : [])],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatPercentTick)} left={left} right={right} title="probability" />
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor(width / 90)), formatCount)}
          left={left}
          right={right}
          y={bottom}
          title="days from the scoring day"
        />
        {curves.map(({ tone, values }) => (
          <g key={tone} class={tone}>
            <path class="stroke" d={path(values, (day) => day <= last)} />
            <path class="stroke dashed" d={path(values, (day) => day >= last)} />
          </g>
        ))}
      </>
    ),
  };
}
