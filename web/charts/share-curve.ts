import type { ReportShareCurve } from '../../src/report/report-leaving.ts';
import type { Row } from '../tables/cell.ts';
import { formatCount, formatRange, formatShare } from '../words/number.ts';
import type { DayPoint } from './day-curves.tsx';

/** Of a table with the name, the day, who was at risk, the share and its interval. */
export function shareCurveRows(name: string, curve: ReportShareCurve): Row[] {
  return curve.day.map((day, i) => [name, day, curve.atRisk[i], curve.share[i], intervalAt(curve, i)]);
}

export function shareCurvePoints(curve: ReportShareCurve): DayPoint[] {
  return curve.day.map((day, i) => ({
    day,
    share: curve.share[i],
    low: curve.low[i],
    high: curve.high[i],
    lines: [
      `95% interval ${formatRange(intervalAt(curve, i), formatShare)}`,
      `${formatCount(curve.atRisk[i])} at risk`,
    ],
  }));
}

function intervalAt({ share, low, high }: ReportShareCurve, i: number) {
  return { value: share[i], low: low[i], high: high[i] };
}
