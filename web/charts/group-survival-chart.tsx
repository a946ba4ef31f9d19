import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { ReportGroupSurvival } from '../../src/report/report-leaving.ts';
import { groupSurvivalFinding } from '../findings/leaving-findings.ts';
import { formatCount, formatPercentTick, formatRange, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { AxisX, AxisY } from './axis.tsx';
import { Figure } from './figure.tsx';
import { type Drawing, Plot } from './plot.tsx';
import { countTicksOf, ticksOf } from './ticks.ts';

type Group = ReportGroupSurvival['groups'][number];

/** Kaplan–Meier curves of staying, one for each value of an attribute. */
export function GroupSurvivalChart({ survival }: { survival: ReportGroupSurvival }) {
  const { attribute, groups } = survival;
  const title = groupSurvivalFinding(survival);
  return (
    <Figure
      name={`staying-by-${slug(attribute)}`}
      title={title}
      subtitle={`Share still with the service by days since the log first saw the user, by ${attribute} (Kaplan–Meier; the intervals are in the table). p is that of a log-rank test. The axis starts at ${formatPercentTick(floorOf(groups))}.`}
      legend={groups.map(({ value, users }, i) => ({
        label: `${value} (${counted(users, 'user')})`,
        tone: `group${i + 1}`,
        mark: 'line',
      }))}
      columns={[
        { title: 'Group' },
        { title: 'Day', format: formatCount },
        { title: 'At risk', format: formatCount },
        { title: 'Staying', format: formatShare },
        { title: '95% interval', format: formatShare },
      ]}
      rows={groups.flatMap(({ value, curve }) =>
        curve.day.map((day, i) => [value, day, curve.atRisk[i], curve.staying[i], intervalAt(curve, i)]),
      )}
    >
      <Plot label={title} draw={(width) => draw(groups, width)} />
    </Figure>
  );
}

/** Where the axis starts: curves that stay near the top would lie on one another on one from 0 %. */
function floorOf(groups: readonly Group[]): number {
  const shares = groups.flatMap(({ curve }) => curve.staying).filter(Number.isFinite);
  return Math.min(1, ...shares) > 0.5 ? 0.5 : 0;
}

function intervalAt({ staying, low, high }: Group['curve'], i: number) {
  return { value: staying[i], low: low[i], high: high[i] };
}

const left = 52;
const top = 24;
const bottom = 220;

function draw(groups: readonly Group[], width: number): Drawing {
  const right = width - 12;
  const days = groups.flatMap(({ curve }) => curve.day);
  const x = scaleLinear([0, Math.max(1, ...days)], [left, right]);
  const y = scaleLinear([floorOf(groups), 1], [bottom, top]);
  const path = line<readonly [day: number, staying: number]>(
    ([day]) => x(day),
    ([, staying]) => y(staying),
  )
    .defined(([, staying]) => Number.isFinite(staying))
    .curve(curveStepAfter);
  return {
    height: bottom + 44,
    pick: 'xy',
    marks: groups.flatMap(({ value, curve }) =>
      curve.day.flatMap((day, i) =>
        Number.isFinite(curve.staying[i])
          ? {
              x: x(day),
              y: y(curve.staying[i]),
              title: `${value}, day ${formatCount(day)}: ${formatShare(curve.staying[i])} still here`,
              lines: [
                `95% interval ${formatRange(intervalAt(curve, i), formatShare)}`,
                `${formatCount(curve.atRisk[i])} at risk`,
              ],
            }
          : [],
      ),
    ),
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
        {groups.map(({ value, curve }, g) => (
          <path
            key={value}
            class={`stroke group${g + 1}`}
            d={path([[0, 1], ...curve.day.map((day, i) => [day, curve.staying[i]] as const)]) ?? ''}
          />
        ))}
      </>
    ),
  };
}
