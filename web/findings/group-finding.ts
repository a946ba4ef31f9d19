import type { ReportGroup } from '../../src/report/report-data.ts';
import { formatCount, formatRange, formatShare } from '../words/number.ts';

/** The value of an attribute that differs most from all users, among those whose interval excludes their share. */
export function groupFinding(group: ReportGroup, overall: number): string {
  const clear = group.rows
    .filter(({ share }) => share.low > overall || share.high < overall)
    .sort((a, b) => Math.abs(b.share.value - overall) - Math.abs(a.share.value - overall));
  if (clear.length === 0)
    return `By ${group.attribute}, no share lost differs clearly from the ${formatShare(overall)} of all`;
  const [{ value, share }] = clear;
  const side = share.value > overall ? 'above' : 'below';
  return `By ${group.attribute}: ${formatShare(share.value)} of “${value}” are lost (${formatRange(share, formatShare)}), ${side} the ${formatShare(overall)} of all`;
}

/** Of many values, how many differ clearly from all users, beside how many would by chance. */
export function manyGroupsFinding({ attribute, rows }: ReportGroup, overall: number): string {
  const clear = rows.filter(({ share }) => share.low > overall || share.high < overall).length;
  const verb = clear === 1 ? 'differs' : 'differ';
  return `By ${attribute}, ${formatCount(clear)} of ${formatCount(rows.length)} shares lost ${verb} clearly from the ${formatShare(overall)} of all; by chance about ${formatCount(rows.length / 20)} would`;
}
