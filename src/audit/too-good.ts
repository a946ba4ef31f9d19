import type { Interval } from '../evaluation/intervals.ts';
import type { Finding } from './finding.ts';

/** ROC AUC on test rows of a forecast, and what is known of how good it can be. */
export interface ForecastScore {
  readonly model: string;
  readonly rocAuc: Interval;
  /** The baseline's, from the same rows; absent for a table without one. */
  readonly overBaseline?: Interval;
  /** Of the true probabilities, for a simulated log: nobody who sees the log alone ranks better. */
  readonly oracle?: Interval;
}

/**
 * The honest forecast that is published for the log that Sparkify's simulator is made after reaches .72 ± .01, and its authors' leaky
 * version .935. Where silence is the loss the baseline is strong, too: hence both.
 */
const PLAUSIBLE = 0.85;
const PLAUSIBLE_GAIN = 0.15;
/** Nothing that is still open can be known so well, whatever the baseline. */
const IMPLAUSIBLE = 0.97;

/** A forecast whose whole interval lies above what the oracle, or the baseline and the literature, make plausible. */
export function judgeScore({ model, rocAuc, overBaseline, oracle }: ForecastScore): Finding[] {
  const finding = (limit: number, words: string): Finding[] => [
    {
      check: 'too good',
      severity: 'suspect',
      evidence: { rocAuc: rocAuc.value, low: rocAuc.low, limit },
      words: `${model} ranks with ROC AUC ${rocAuc.value.toFixed(3)} (95 %: from ${rocAuc.low.toFixed(3)}), ${words} Look for a feature that knows the outcome before you believe it.`,
    },
  ];
  if (oracle !== undefined && rocAuc.low > oracle.high) {
    return finding(
      oracle.high,
      `better than the simulator's true probabilities (${oracle.value.toFixed(3)}, up to ${oracle.high.toFixed(3)}).`,
    );
  }
  if (rocAuc.low > IMPLAUSIBLE) {
    return finding(IMPLAUSIBLE, 'which nothing that is still open allows.');
  }
  if (rocAuc.low > PLAUSIBLE && overBaseline !== undefined && overBaseline.low > PLAUSIBLE_GAIN) {
    return finding(
      PLAUSIBLE,
      `and beats days since the last event by at least ${overBaseline.low.toFixed(2)}: the honest forecast known of such a log reaches .72.`,
    );
  }
  return [];
}
