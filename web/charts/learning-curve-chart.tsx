import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReportLearningCurve } from '../../src/report/report-sufficiency.ts';
import { formatCompact, formatCount, formatMetric, formatRange } from '../words/number.ts';
import { capitalised } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

type Point = ReportLearningCurve['points'][number];

interface LearningCurveChartProps {
  readonly curve: ReportLearningCurve;
  readonly learner: string;
}

/** The ROC AUC on the same test rows of a learner that was given less, with its interval and the values of single draws. */
export function LearningCurveChart({ curve: { of, points }, learner }: LearningCurveChartProps) {
  const title = learningFinding(of, points);
  return (
    <Figure
      name={`learning-curve-${slug(of)}`}
      title={title}
      subtitle={`${learner} on the same test rows, by ${of} it was given. The last point has all; small dots are single draws. The axis of ROC AUC does not start at 0.`}
      legend={[
        { label: 'ROC AUC', tone: 'stayed', mark: 'line' },
        { label: '95% interval', tone: 'stayed', mark: 'band' },
      ]}
      columns={[
        { title: capitalised(of), format: formatCount },
        { title: 'Examples', format: formatCount },
        { title: 'Lost users', format: formatCount },
        { title: 'ROC AUC', format: formatMetric },
        { title: '95% interval', format: formatMetric },
        { title: 'Less that of all', format: formatMetric },
        { title: 'Its 95% interval', format: formatMetric },
        { title: 'Average precision', format: formatMetric },
        { title: 'Its interval', format: formatMetric },
      ]}
      rows={points.map(({ amount, examples, lostUsers, rocAuc, averagePrecision }) => [
        amount,
        examples,
        lostUsers,
        rocAuc.value,
        rocAuc,
        rocAuc.difference.value,
        rocAuc.difference,
        averagePrecision.value,
        averagePrecision,
      ])}
    >
      <Plot label={title} draw={(width) => draw(of, points, width)} />
    </Figure>
  );
}

/** Whether the last step still helped. */
function learningFinding(of: ReportLearningCurve['of'], points: readonly Point[]): string {
  const before = points[points.length - 2];
  if (before === undefined) return `With fewer ${of} nothing could be measured`;
  const { difference } = before.rocAuc;
  const told = `${formatCount(before.amount)} ${of} instead of all`;
  if (difference.high < 0)
    return `More ${of} still help: with ${told} the ROC AUC is lower by ${formatMetric(-difference.value)}`;
  return `With ${told} the ROC AUC is not clearly lower`;
}

const left = 46;
const top = 24;
const bottom = 210;

function draw(of: string, points: readonly Point[], width: number): Drawing {
  const right = width - 14;
  const known = points.filter(({ rocAuc }) => Number.isFinite(rocAuc.value));
  const amounts = known.map(({ amount }) => amount);
  const values = known.flatMap(({ rocAuc }) => [rocAuc.value, rocAuc.low, rocAuc.high, ...rocAuc.draws]);
  const x = scaleLinear([0, Math.max(1, ...amounts)], [left, right]);
  const shown = [0.5, ...values.filter(Number.isFinite)];
  const y = scaleLinear([Math.min(...shown), Math.max(...shown)], [bottom, top]).nice(4);
  const band = area<Point>(
    ({ amount }) => x(amount),
    ({ rocAuc }) => y(rocAuc.low),
    ({ rocAuc }) => y(rocAuc.high),
  ).defined(({ rocAuc }) => Number.isFinite(rocAuc.low) && Number.isFinite(rocAuc.high));
  const path = line<Point>(
    ({ amount }) => x(amount),
    ({ rocAuc }) => y(rocAuc.value),
  );
  return {
    height: bottom + 44,
    pick: 'x',
    marks: known.map(({ amount, examples, lostUsers, rocAuc }) => ({
      x: x(amount),
      y: y(rocAuc.value),
      title: `${formatCount(amount)} ${of}: ${formatMetric(rocAuc.value)}`,
      lines: [
        `95% interval ${formatRange(rocAuc, formatMetric)}`,
        `${formatCount(examples)} examples, ${formatCount(lostUsers)} lost users`,
      ],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatMetric)} left={left} right={right} title="ROC AUC; ½ is chance" />
        <AxisX
          ticks={ticksOf(x, Math.max(2, Math.floor(width / 90)), formatCompact)}
          left={left}
          right={right}
          y={bottom}
          title={of}
        />
        <path class="band stayed" d={band(known) ?? ''} />
        <path class="stroke stayed strong" d={path(known) ?? ''} />
        {known.flatMap(({ amount, rocAuc }) =>
          rocAuc.draws
            .filter(Number.isFinite)
            .map((draw, k) => (
              <circle key={`${amount} ${k}`} class="fill baseline" cx={x(amount)} cy={y(draw)} r="2" />
            )),
        )}
        {known.map(({ amount, rocAuc }) => (
          <circle key={amount} class="fill stayed" cx={x(amount)} cy={y(rocAuc.value)} r="4" />
        ))}
      </>
    ),
  };
}
