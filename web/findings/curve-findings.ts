import type { ReportLearning, ReportModel } from '../../src/report/report-data.ts';
import { formatCount, formatRange, formatShare } from '../words/number.ts';

export function rocFinding(model: ReportModel): string {
  const auc = model.test.rocAuc;
  if (!auc || !Number.isFinite(auc.value)) return `${model.title}: the ranking could not be measured`;
  return `${model.title} ranks a leaver above a stayer in ${formatShare(auc.value)} of pairs (${formatRange(auc, formatShare)})`;
}

/** The best precision among the points that catch at least half of the leavers. */
export function precisionRecallFinding(model: ReportModel): string {
  const precisions = model.precisionRecall
    .filter(({ recall, precision }) => recall >= 0.5 && Number.isFinite(precision))
    .map(({ precision }) => precision);
  if (precisions.length === 0) return 'Precision and recall could not be measured';
  return `To catch half of the leavers, ${formatShare(Math.max(...precisions))} of those flagged are leavers`;
}

/** What contacting the fifth with the highest scores would reach. */
export function gainsFinding(model: ReportModel): string {
  const captured = capturedAt(model.gains, 0.2);
  if (!Number.isFinite(captured)) return 'The gains could not be measured';
  return `The 20% with the highest scores hold ${formatShare(captured)} of the leavers`;
}

export function calibrationFinding({ calibration }: ReportModel): string {
  const known = calibration.filter(
    ({ observed }) => Number.isFinite(observed.low) && Number.isFinite(observed.high),
  );
  if (known.length === 0) return 'Calibration could not be measured';
  const agree = known.filter(
    ({ predicted, observed }) => predicted >= observed.low && predicted <= observed.high,
  );
  return `In ${formatCount(agree.length)} of ${formatCount(known.length)} bins the prediction lies within the interval of what happened`;
}

export function confusionFinding({
  truePositives,
  falsePositives,
  falseNegatives,
}: ReportLearning['confusion']): string {
  const flagged = truePositives + falsePositives;
  const lost = truePositives + falseNegatives;
  return `of ${formatCount(flagged)} flagged, ${formatCount(truePositives)} left; of ${formatCount(lost)} who left, ${formatCount(truePositives)} were flagged`;
}

export function importanceFinding(features: ReportLearning['features']): string {
  const clear = features.filter(({ importance }) => importance.low > 0).length;
  if (features.length === 0) return 'The chosen model uses no features';
  if (clear === 0) return `None of ${formatCount(features.length)} features is clearly above zero on its own`;
  return `${formatCount(clear)} of ${formatCount(features.length)} features ${clear === 1 ? 'is' : 'are'} clearly above zero on ${clear === 1 ? 'its' : 'their'} own`;
}

/** Linear between the two points around `share`; NaN when the curve does not reach it. */
function capturedAt(gains: ReportModel['gains'], share: number): number {
  const after = gains.findIndex((point) => point.share >= share);
  if (after < 0) return Number.NaN;
  const [a, b] = [gains[Math.max(0, after - 1)], gains[after]];
  if (b.share === a.share) return b.captured;
  return a.captured + ((b.captured - a.captured) * (share - a.share)) / (b.share - a.share);
}
