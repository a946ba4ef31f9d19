import { countLabels, type ScoreTally } from './score-tally.ts';

/** Rows decided "lost" at some thresholds, by falling threshold. */
export interface ThresholdCounts {
  readonly threshold: Float64Array;
  readonly truePositives: Int32Array;
  readonly falsePositives: Int32Array;
  readonly lost: number;
  readonly stayed: number;
}

/**
 * What some thresholds would decide: every distinct score, or where they are more than `most`, as many of them at most, spread evenly
 * over the share of rows that they flag.
 *
 * @param also thresholds to be among them whatever the scores are, such as 1 or that in use.
 */
export function thresholdCounts(tally: ScoreTally, most: number, also: readonly number[]): ThresholdCounts {
  const { positives: lost, negatives: stayed } = countLabels(tally);
  const threshold = Float64Array.from(new Set([...spread(tally, most), ...also]))
    .sort()
    .reverse();
  const truePositives = new Int32Array(threshold.length);
  const falsePositives = new Int32Array(threshold.length);
  for (let k = 0, i = 0, caught = 0, alarms = 0; k < threshold.length; k++) {
    for (; i < tally.scores.length && tally.scores[i] >= threshold[k]; i++) {
      caught += tally.positives[i];
      alarms += tally.negatives[i];
    }
    truePositives[k] = caught;
    falsePositives[k] = alarms;
  }
  return { threshold, truePositives, falsePositives, lost, stayed };
}

/** The scores at which the share of rows flagged first reaches another of `most` equal steps. */
function spread(tally: ScoreTally, most: number): number[] {
  const { scores, positives, negatives } = tally;
  if (scores.length <= most) return Array.from(scores);
  const total = countLabels(tally);
  const rows = total.positives + total.negatives;
  const chosen: number[] = [];
  for (let i = 0, flagged = 0, reached = 0; i < scores.length; i++) {
    flagged += positives[i] + negatives[i];
    const step = Math.floor((flagged * most) / rows);
    if (step > reached) chosen.push(scores[i]);
    reached = step;
  }
  return chosen;
}
