import type { ScoreTally } from './score-tally.ts';

/** Rows by label and decision; the positive class are the lost. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Decides "lost" for a score at or above the threshold. @throws RangeError when the threshold is NaN. */
export function confusionMatrix({ scores, positives, negatives }: ScoreTally, threshold: number): Confusion {
  if (Number.isNaN(threshold)) throw new RangeError('The threshold is NaN; it must be a number.');
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  let trueNegatives = 0;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] >= threshold) {
      truePositives += positives[i];
      falsePositives += negatives[i];
    } else {
      falseNegatives += positives[i];
      trueNegatives += negatives[i];
    }
  }
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

/** Share of the rows decided "lost" that were lost. NaN when none is decided "lost". */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives);
}

/** Share of the lost rows that were decided "lost". NaN without a lost row. */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}

/** Harmonic mean of precision and recall. NaN when no row is lost and none is decided "lost". */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}

/** Share of the rows decided rightly. NaN without rows. */
export function accuracy(confusion: Confusion): number {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const right = truePositives + trueNegatives;
  return right / (right + falsePositives + falseNegatives);
}

/**
 * F1 of the lost and F1 of the stayed, averaged by their rows (scikit-learn's `average='weighted'`). Always
 * answering "stays" scores high when few are lost: it is given for comparison with work that reports it.
 * NaN without rows.
 */
export function weightedF1(confusion: Confusion): number {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const lost = truePositives + falseNegatives;
  const stayed = trueNegatives + falsePositives;
  const ofStayed = {
    truePositives: trueNegatives,
    falsePositives: falseNegatives,
    falseNegatives: falsePositives,
  };
  const sum =
    (lost > 0 ? lost * f1(confusion) : 0) +
    (stayed > 0 ? stayed * f1({ ...ofStayed, trueNegatives: truePositives }) : 0);
  return sum / (lost + stayed);
}
