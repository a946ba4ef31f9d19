import type { ReportThresholds } from '../../src/report/report-explanation.ts';

/** What a threshold decided on test rows. */
export interface Decision {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** What acting on scores costs and brings, in a unit of money of the reader's choice. */
export interface Prices {
  /** Of an offer, to whomever it is made. */
  readonly offer: number;
  /** Of a user who would have left and is kept. */
  readonly keptUser: number;
  /** Share of the offers to leavers that keep them, 0…1. */
  readonly success: number;
}

/** Examples to begin with, for want of this service's own: a year at 10 a month, half a month for an offer, of which one in four works. */
export const examplePrices: Prices = { offer: 5, keptUser: 120, success: 0.25 };

/** By falling threshold. */
export function decisionsOf({
  threshold,
  truePositives,
  falsePositives,
  lost,
  stayed,
}: ReportThresholds): Decision[] {
  return threshold.map((at, k) => ({
    threshold: at,
    truePositives: truePositives[k],
    falsePositives: falsePositives[k],
    falseNegatives: lost - truePositives[k],
    trueNegatives: stayed - falsePositives[k],
  }));
}

export function flaggedBy({ truePositives, falsePositives }: Decision): number {
  return truePositives + falsePositives;
}

export function flaggedShare(decision: Decision): number {
  const { falseNegatives, trueNegatives } = decision;
  const flagged = flaggedBy(decision);
  return flagged / (flagged + falseNegatives + trueNegatives);
}

/** NaN where nobody is flagged. */
export function precisionOf(decision: Decision): number {
  return decision.truePositives / flaggedBy(decision);
}

/** NaN where nobody left. */
export function recallOf({ truePositives, falseNegatives }: Decision): number {
  return truePositives / (truePositives + falseNegatives);
}

/** NaN where nobody is flagged and nobody left. */
export function f1Of({ truePositives, falsePositives, falseNegatives }: Decision): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

/** What is kept less what the offers cost. */
export function netValue(decision: Decision, { offer, keptUser, success }: Prices): number {
  return decision.truePositives * success * keptUser - flaggedBy(decision) * offer;
}

/** The probability from which an offer brings more than it costs, if probabilities come true; above 1 none does. */
export function breakEven({ offer, keptUser, success }: Prices): number {
  return offer / (keptUser * success);
}

/** Place of the threshold nearest to a probability; the first where that is missing. */
export function nearest(decisions: readonly Decision[], threshold: number): number {
  const distances = decisions.map((decision) => Math.abs(decision.threshold - threshold));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}

/** Place of the decision that brings the most; of equals the one that flags the fewest. */
export function mostValuable(decisions: readonly Decision[], prices: Prices): number {
  const values = decisions.map((decision) => netValue(decision, prices));
  return values.indexOf(Math.max(...values));
}
