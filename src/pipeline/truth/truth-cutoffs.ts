import { UsageError } from '../../errors.ts';
import {
  type CutoffSettings,
  coveredUntil,
  dateOf,
  dayAfter,
  type LogSpan,
  labelledCutoffs,
} from '../../features/cutoffs.ts';
import { dayMillis } from '../../ledger/columns.ts';
import type { LogPlan } from '../../simulate/population.ts';
import type { TruthUser } from '../../simulate/truth/truth-user.ts';

/** The cutoffs at which `refrain run` has examples of the log, and the one at which it scores. */
export function cutoffsOfRun(span: LogSpan, settings: CutoffSettings): number[] {
  return [...labelledCutoffs(span, settings), dayAfter(span)];
}

/** @throws UsageError for a day with nothing before it in the log, or after its end. */
export function checkCutoffs(cutoffs: readonly number[], { start, end }: LogPlan): void {
  const first = (start * 1000) / dayMillis + 1;
  const last = (end * 1000) / dayMillis;
  const outside = cutoffs.find((day) => day < first || day > last);
  if (outside === undefined) return;
  throw new UsageError(
    `The cutoff ${dateOf(outside)} is not in the log: expected ${dateOf(first)} to ${dateOf(last)}.`,
    { cutoff: dateOf(outside) },
  );
}

/** The first and last event of anyone's, as a reader of the log finds them. */
export function spanOf(users: readonly TruthUser[]): LogSpan {
  const first = users.reduce((least, user) => Math.min(least, user.first), Number.POSITIVE_INFINITY);
  const last = users.reduce((most, user) => Math.max(most, user.last), Number.NEGATIVE_INFINITY);
  return { first: first * 1000, last: last * 1000 };
}

/** Whether the log ends before the cutoff's window does, so that its outcomes are not known. */
export function isCensored(
  cutoff: number,
  span: LogSpan,
  { leadDays, horizonDays }: Pick<CutoffSettings, 'leadDays' | 'horizonDays'>,
): boolean {
  return cutoff + leadDays + horizonDays > coveredUntil(span);
}
