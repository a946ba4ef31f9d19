import { NothingToLearnError } from '../errors.ts';
import { dayMillis } from '../ledger/columns.ts';

/** Times of the first and last accepted event, epoch milliseconds. */
export interface LogSpan {
  readonly first: number;
  readonly last: number;
}

export interface CutoffSettings {
  /** Days between the cutoff and the first day on which a loss counts. */
  readonly leadDays: number;
  /** Days in which a loss counts. */
  readonly horizonDays: number;
  /** Days between cutoffs. */
  readonly everyDays: number;
  /** Days of log before the first cutoff. */
  readonly historyDays: number;
}

export const defaultCutoffs: CutoffSettings = { leadDays: 1, horizonDays: 14, everyDays: 7, historyDays: 7 };

/** Cutoffs (days since 1970, ascending) whose label windows the log covers. @throws NothingToLearnError when there is none. */
export function labelledCutoffs(span: LogSpan, settings: CutoffSettings): number[] {
  const { leadDays, horizonDays, everyDays, historyDays } = settings;
  const first = Math.floor(span.first / dayMillis) + historyDays;
  const cutoffs: number[] = [];
  for (let day = coveredUntil(span) - leadDays - horizonDays; day >= first; day -= everyDays)
    cutoffs.unshift(day);
  if (cutoffs.length === 0) {
    // Rounded down, so that it never seems to reach what is needed.
    const days = (Math.floor(((span.last - span.first) / dayMillis) * 10) / 10).toFixed(1);
    throw new NothingToLearnError(
      `The log covers ${days} days. A forecast with lead ${leadDays} and horizon ${horizonDays} needs at least ${historyDays + leadDays + horizonDays}: ${historyDays} days of history, then the lead and the horizon. Give a longer log, or a shorter --horizon or --history.`,
      { logDays: Number(days), leadDays, horizonDays, historyDays },
    );
  }
  return cutoffs;
}

/** The day after the last event: every event of the log lies before it. */
export function dayAfter(span: LogSpan): number {
  return Math.floor(span.last / dayMillis) + 1;
}

/** First day that the log does not cover whole. A day counts as whole when an event falls in its last hour or later. */
export function coveredUntil(span: LogSpan): number {
  return Math.floor((span.last + 3_600_000) / dayMillis);
}

/** UTC date `YYYY-MM-DD` of a day since 1970. */
export function dateOf(day: number): string {
  return new Date(day * dayMillis).toISOString().slice(0, 10);
}
