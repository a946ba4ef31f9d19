import type { ReportExamples, ReportFeature } from '../../src/report/report-examples.ts';
import { formatCount, formatMetric, formatRange } from '../words/number.ts';
import { capitalised, counted } from '../words/plural.ts';

/** How many features tell the outcomes apart clearly, beside how many would by chance. */
export function separationFinding({ features }: ReportExamples): string {
  const judged = features.filter(({ auc }) => Number.isFinite(auc.low) && Number.isFinite(auc.high));
  if (judged.length === 0) return 'No feature could be judged by outcome';
  const clear = judged.filter(({ auc }) => auc.low > 0.5 || auc.high < 0.5).length;
  return `${formatCount(clear)} of ${counted(judged.length, 'feature')} differ clearly by outcome; by chance about ${formatCount(judged.length / 20)} would seem to`;
}

export function featureFinding({ meaning, auc }: ReportFeature): string {
  const name = capitalised(meaning);
  if (!Number.isFinite(auc.value)) return `${name}: one outcome has no users to compare`;
  const range = formatRange(auc, formatMetric);
  if (!(auc.low > 0.5 || auc.high < 0.5))
    return `${name}: no clear difference by outcome (AUC ${formatMetric(auc.value)}, ${range})`;
  const side = auc.value > 0.5 ? 'higher' : 'lower';
  return `${name}: ${side} for those who leave (AUC ${formatMetric(auc.value)}, ${range})`;
}

export function correlationFinding({ names, matrix }: ReportExamples['correlations']): string {
  const pairs = names.flatMap((a, i) => names.slice(0, i).map((b, j) => ({ a, b, value: matrix[i][j] })));
  const known = pairs.filter(({ value }) => Number.isFinite(value));
  if (known.length === 0) return 'Too few features vary to compare them';
  const top = known.reduce((most, pair) => (Math.abs(pair.value) > Math.abs(most.value) ? pair : most));
  const close = known.filter(({ value }) => Math.abs(value) >= 0.9).length;
  return `${formatCount(close)} of ${counted(known.length, 'pair')} say nearly the same (|ρ| ≥ 0.9); closest are ${top.a} and ${top.b} (${formatMetric(top.value)})`;
}
