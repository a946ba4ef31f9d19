import type { ReportRiskByDay } from '../../src/report/report-data.ts';
import { riskCurveFinding } from '../findings/risk-findings.ts';
import { formatCount, formatRange, formatShare } from '../words/number.ts';
import { counted } from '../words/plural.ts';
import { type DayCurve, DayCurves } from './day-curves.tsx';
import { Figure } from './figure.tsx';

/** How many were expected to be lost by each day, and how many were. */
export function RiskCurveChart({ riskByDay, loss }: { riskByDay: ReportRiskByDay; loss: string }) {
  const { curve, carriedDays } = riskByDay;
  const title = riskCurveFinding(riskByDay);
  return (
    <Figure
      wide
      name="risk-by-day"
      title={title}
      subtitle={`Share of test rows with a ${loss} by the end of each day after their cutoff: as forecast from each row, as seen (Kaplan–Meier, with its 95% band), and as one curve for everyone, learned from training rows. The log carries forecasts to day ${carriedDays}.`}
      legend={[
        { label: 'Forecast', tone: 'lost', mark: 'line' },
        { label: 'Seen', tone: 'stayed', mark: 'line' },
        { label: 'One curve for everyone', tone: 'baseline', mark: 'line' },
      ]}
      columns={[
        { title: 'Day', format: formatCount },
        { title: 'Users watched', format: formatCount },
        { title: 'Forecast', format: formatShare },
        { title: 'Seen', format: formatShare },
        { title: '95% interval', format: formatShare },
        { title: 'Everyone', format: formatShare },
      ]}
      rows={curve.map(({ day, users, expected, observed, everyone }) => [
        day,
        users,
        expected,
        observed?.value ?? Number.NaN,
        observed ?? unknown,
        everyone,
      ])}
    >
      <DayCurves
        label={title}
        axisX="days after the cutoff"
        axisY="share lost"
        floor={0}
        stepped={false}
        curves={curvesOf(riskByDay)}
      />
    </Figure>
  );
}

const unknown = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

function curvesOf({ curve }: ReportRiskByDay): DayCurve[] {
  return [
    {
      label: 'For everyone',
      tone: 'baseline',
      points: curve.map(({ day, everyone }) => ({ day, share: everyone, lines: [] })),
    },
    {
      label: 'Seen',
      tone: 'stayed',
      points: curve.flatMap(({ day, users, observed }) =>
        observed === undefined
          ? []
          : {
              day,
              share: observed.value,
              low: observed.low,
              high: observed.high,
              lines: [
                `95% interval ${formatRange(observed, formatShare)}`,
                `${counted(users, 'user')} watched`,
              ],
            },
      ),
    },
    {
      label: 'Forecast',
      tone: 'lost',
      points: curve.map(({ day, expected }) => ({ day, share: expected, lines: [] })),
    },
  ];
}
