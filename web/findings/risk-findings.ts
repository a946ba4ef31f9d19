import type { ReportRiskByDay } from '../../src/report/report-data.ts';
import { formatMetric, formatRange, formatShare } from '../words/number.ts';

/** Whether as many were lost as was forecast, by the last day that the test rows tell of. */
export function riskCurveFinding({ curve }: ReportRiskByDay): string {
  const last = curve.findLast(({ observed }) => observed !== undefined);
  if (last?.observed === undefined) return 'The test rows were watched too shortly to judge risks by day';
  const { day, expected, observed } = last;
  const held = expected >= observed.low && expected <= observed.high;
  const direction = expected > observed.high ? 'more than' : 'fewer than';
  const judged = held ? 'within chance of' : direction;
  return `By day ${day}, ${formatShare(expected)} were expected to be lost: ${judged} the ${formatShare(observed.value)} who were`;
}

/** How well the days' risks rank and fit, a sentence a day. */
export function riskMetricSentences({ test }: ReportRiskByDay): string[] {
  const days = [...new Set(test.map(({ day }) => day))];
  return days.map((day) => {
    const of = (metric: 'brier' | 'rocAuc') => test.find((one) => one.day === day && one.metric === metric);
    const auc = of('rocAuc');
    const brier = of('brier');
    const ranked = auc && `AUC ${formatMetric(auc.risk.value)} [${formatRange(auc.risk, formatMetric)}]`;
    const fitted =
      brier &&
      `Brier score ${brier.risk.value.toFixed(4)}, of one curve for everyone ${brier.everyone.toFixed(4)}`;
    return `By day ${day}: ${[ranked, fitted].filter(Boolean).join('; ')}.`;
  });
}
