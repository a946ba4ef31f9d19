import type { ReportIncidence } from '../../src/report/report-leaving.ts';
import { incidenceFinding } from '../findings/leaving-findings.ts';
import { formatCount, formatShare } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';
import { type DayCurve, DayCurves } from './day-curves.tsx';
import { Figure } from './figure.tsx';
import { shareCurvePoints, shareCurveRows } from './share-curve.ts';

/** What comes first to a user, of outcomes that exclude one another. */
export function IncidenceChart({ incidence }: { incidence: readonly ReportIncidence[] }) {
  const title = incidenceFinding(incidence);
  return (
    <Figure
      wide
      name="what-came-first"
      title={title}
      subtitle="Share of users to whom each came before any other, by days since the log first saw the user (cumulative incidence, Aalen–Johansen, with 95% bands)."
      legend={incidence.map(({ outcome, users }, i) => ({
        label: `${outcome} (${counted(users, 'user')})`,
        tone: `group${i + 1}`,
        mark: 'line',
      }))}
      columns={[
        { title: 'Outcome' },
        { title: 'Day', format: formatCount },
        { title: 'At risk', format: formatCount },
        { title: 'Share', format: formatShare },
        { title: '95% interval', format: formatShare },
      ]}
      rows={incidence.flatMap(({ outcome, curve }) => shareCurveRows(outcome, curve))}
    >
      <DayCurves
        label={title}
        axisX="days since first seen"
        axisY="share of users"
        floor={0}
        stepped
        curves={incidence.map(curveOf)}
      />
    </Figure>
  );
}

function curveOf({ outcome, curve }: ReportIncidence, i: number): DayCurve {
  return { label: capitalised(outcome), tone: `group${i + 1}`, points: shareCurvePoints(curve) };
}
