import type { CheckName, Finding } from './finding.ts';
import { isFault } from './finding.ts';
import type { Scramble } from './label-scramble.ts';
import type { Price } from './leak-price.ts';

/** What one check did and found. */
export interface CheckResult {
  readonly check: CheckName;
  /** What was looked at, and what came of it; where it was not done, why. */
  readonly words: string;
  readonly done: boolean;
  readonly findings: readonly Finding[];
}

/** An audit, check by check. */
export interface Audit {
  readonly checks: readonly CheckResult[];
  readonly scramble?: Scramble;
  /** The same learner, judged in five ways; empty where that was not asked for. */
  readonly prices: readonly Price[];
}

export function findingsOf({ checks }: Audit): Finding[] {
  return checks.flatMap(({ findings }) => findings);
}

/** Findings that an audit fails by. */
export function faultsOf(audit: Audit): Finding[] {
  return findingsOf(audit).filter(isFault);
}
