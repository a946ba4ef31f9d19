import type { ReportScores } from '../../src/report/report-user.ts';
import { missing } from '../words/number.ts';

/** As many digits as the parts of a score are rounded to, so that they add up as they are read: log-odds, or percents. */
export function scoreFormat(unit: ReportScores['unit']): (value: number) => string {
  return (value) => {
    if (!Number.isFinite(value)) return missing;
    const text = unit === 'log-odds' ? value.toFixed(3) : `${(value * 100).toFixed(2)}%`;
    return text.replace('-', '−');
  };
}
