import type { ReportGroupSurvival } from '../../src/report/report-leaving.ts';
import { groupSurvivalFinding } from '../findings/leaving-findings.ts';
import { formatCount, formatPercentTick, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { slug } from '../words/slug.ts';
import { type DayCurve, DayCurves } from './day-curves.tsx';
import { Figure } from './figure.tsx';
import { shareCurvePoints, shareCurveRows } from './share-curve.ts';

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
      rows={groups.flatMap(({ value, curve }) => shareCurveRows(value, curve))}
    >
      <DayCurves
        label={title}
        axisX="days since first seen"
        axisY="share staying"
        floor={floorOf(groups)}
        ceiling={1}
        stepped
        curves={groups.map(curveOf)}
      />
    </Figure>
  );
}

/** Where the axis starts: curves that stay near the top would lie on one another on one from 0 %. */
function floorOf(groups: readonly Group[]): number {
  const shares = groups.flatMap(({ curve }) => curve.share).filter(Number.isFinite);
  return Math.min(1, ...shares) > 0.5 ? 0.5 : 0;
}

/** From the first day on: the estimate has no point before the first duration. Without bands, which would cover one another. */
function curveOf({ value, curve }: Group, g: number): DayCurve {
  const points = shareCurvePoints(curve).map(({ day, share, lines }) => ({ day, share, lines }));
  return {
    label: value,
    tone: `group${g + 1}`,
    points: [{ day: 0, share: 1, lines: [] }, ...points],
  };
}
