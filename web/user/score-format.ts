import type { ReportScores } from '../../src/report/report-user.ts';
import { missing } from '../words/number.ts';

/** As many digits as the parts of a score are rounded to, so that they add up as they are read. */
export function scoreFormat(unit: ReportScores['unit']): (value: number) => string {
  const digits = unit === 'log-odds' ? 3 : 4;
  return (value) => (Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : missing);
}
