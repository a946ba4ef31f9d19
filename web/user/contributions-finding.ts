import type { ReportScores } from '../../src/report/report-user.ts';
import { scaleOf } from '../../src/report/score-scale.ts';
import type { User } from '../report/user-blocks.ts';
import { formatShare } from '../words/number.ts';
import type { ContributionStep } from './contribution-steps.ts';
import { scoreFormat } from './score-format.ts';

/** What weighs most, whichever its direction. */
export function contributionsFinding(steps: readonly ContributionStep[]): string {
  const parts = steps.filter(({ kind, key }) => kind === 'part' && key !== 'others');
  const [first] = parts.toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  if (steps.length === 0) return 'There is no score to explain';
  if (first === undefined || first.to === first.from) return 'No feature moves this score';
  return `${first.what} ${first.to > first.from ? 'raises' : 'lowers'} this score the most: ${first.value}, where half of those at risk have ${first.median} or less`;
}

/** How the sum becomes the probability. */
export function whatTheyAddUpTo({ score }: User, { unit, base }: ReportScores, probability: number): string {
  const format = scoreFormat(unit);
  const sum = score / scaleOf[unit];
  const raw = unit === 'log-odds' ? 1 / (1 + Math.exp(-sum)) : sum;
  const sumInWords =
    unit === 'log-odds' ? `${format(sum)} log-odds, a probability of ${formatShare(raw)}` : format(sum);
  // Half of the last digit of the sum is no calibration.
  const calibrated =
    Math.abs(raw - probability) > 0.001 ? `, which calibration makes ${formatShare(probability)}` : '';
  return `Counted from the base of ${format(base)}, contributions add up exactly to ${sumInWords}${calibrated}. Values are as of the scoring day.`;
}
