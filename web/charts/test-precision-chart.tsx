import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { ReportSufficiency } from '../../src/report/report-sufficiency.ts';
import { formatCompact, formatCount, formatMetric } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { ticksOf } from './ticks.ts';

type Precision = ReportSufficiency['precision'];

/** How closely a test knows the ROC AUC, by how many of its users are lost; this run's test marked. */
export function TestPrecisionChart({ precision }: { precision: Precision }) {
  const own = precision.find(({ isThis }) => isThis);
  const title = own
    ? `A test with ${counted(own.lostUsers, 'lost user')} knows the ROC AUC to ± ${formatMetric(own.halfWidth)}`
    : 'How closely a test knows the ROC AUC';
  return (
    <Figure
      name="test-precision"
      title={title}
      subtitle="Half the width of the 95% interval, by lost users in the test (Hanley and McNeil 1982). The scale of users is logarithmic."
      legend={[
        { label: 'This run', tone: 'lost', mark: 'dot' },
        { label: 'Half width', tone: 'stayed', mark: 'line' },
        { label: 'Smallest difference seen in 4 of 5 cases', tone: 'baseline', mark: 'dashed' },
      ]}
      columns={[
        { title: 'Lost users', format: formatCount },
        { title: 'Half width', format: formatMetric },
        { title: 'Smallest difference', format: formatMetric },
        { title: 'This run' },
      ]}
      rows={precision.map(({ lostUsers, halfWidth, smallestDifference, isThis }) => [
        lostUsers,
        halfWidth,
        smallestDifference,
        isThis ? 'yes' : '',
      ])}
    >
      <Plot label={title} draw={(width) => draw(precision, width)} />
    </Figure>
  );
}

const left = 46;
const top = 24;
const bottom = 210;

function draw(precision: Precision, width: number): Drawing {
  const right = width - 14;
  const known = precision.filter(({ lostUsers, halfWidth }) => lostUsers > 0 && Number.isFinite(halfWidth));
  const users = known.map(({ lostUsers }) => lostUsers);
  const x = scaleLog([Math.min(1e9, ...users), Math.max(1, ...users)], [left, right]);
  const sizes = known.flatMap(({ halfWidth, smallestDifference }) => [halfWidth, smallestDifference]);
  const y = scaleLinear([0, Math.max(0.01, ...sizes.filter(Number.isFinite))], [bottom, top]).nice(4);
  const path = (value: (one: Precision[number]) => number) =>
    line<Precision[number]>(
      ({ lostUsers }) => x(lostUsers),
      (one) => y(value(one)),
    ).defined((one) => Number.isFinite(value(one)))(known) ?? '';
  return {
    height: bottom + 44,
    pick: 'x',
    marks: known.map(({ lostUsers, halfWidth, smallestDifference }) => ({
      x: x(lostUsers),
      y: y(halfWidth),
      title: `${counted(lostUsers, 'lost user')}: ± ${formatMetric(halfWidth)}`,
      lines: [`tells differences of ${formatMetric(smallestDifference)} and more`],
    })),
    content: (
      <>
        <AxisY ticks={ticksOf(y, 4, formatMetric)} left={left} right={right} title="ROC AUC, ±" />
        <AxisX
          ticks={x
            .ticks()
            .filter((value) => /^[125]0*$/.test(String(value)))
            .map((value) => ({ at: x(value), label: formatCompact(value) }))}
          left={left}
          right={right}
          y={bottom}
          title="lost users in the test"
        />
        <path class="stroke baseline dashed" d={path(({ smallestDifference }) => smallestDifference)} />
        <path class="stroke stayed strong" d={path(({ halfWidth }) => halfWidth)} />
        {known
          .filter(({ isThis }) => isThis)
          .map(({ lostUsers, halfWidth }) => (
            <circle key={lostUsers} class="fill lost" cx={x(lostUsers)} cy={y(halfWidth)} r="5" />
          ))}
      </>
    ),
  };
}
