import type { HazardModel } from '../../models/hazard/hazard.ts';
import type { ReportRiskByDay } from '../../report/report-data.ts';
import type { JudgedRisk } from './judge-risk.ts';

/** Days that the report draws: the curves are smooth, and each day costs a number a user. */
const drawnDays = [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60];

/** Risks by day as the report shows them. @param risks by day and user, in the order of the scores. */
export function reportRisk(
  { carriedDays }: Pick<HazardModel, 'carriedDays'>,
  risks: readonly Float64Array[],
  { days, curve }: JudgedRisk,
): ReportRiskByDay {
  const drawn = drawnDays.map((day) => risks[day - 1]);
  return {
    days: drawnDays,
    carriedDays,
    everyone: drawn.map((ofDay) => ofDay.reduce((sum, risk) => sum + risk, 0) / ofDay.length),
    test: days.flatMap(({ day, brier, brierOfEveryone, rocAuc }) => [
      { metric: 'brier' as const, day, risk: brier, everyone: brierOfEveryone },
      { metric: 'rocAuc' as const, day, risk: rocAuc, everyone: 0.5 },
    ]),
    curve,
  };
}
