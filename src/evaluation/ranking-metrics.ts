import { countLabels, type ScoreTally } from './score-tally.ts';

/**
 * Area under the ROC curve: the chance that a lost row scores above one that stayed, a tie counting half.
 * NaN unless there are rows of both labels.
 */
export function rocAuc({ positives, negatives }: ScoreTally): number {
  let lost = 0;
  let stayed = 0;
  // Twice the pairs, so that half a pair stays a whole number and the sum exact.
  let misorderedTwice = 0;
  for (let i = 0; i < positives.length; i++) {
    misorderedTwice += positives[i] * (2 * stayed + negatives[i]);
    lost += positives[i];
    stayed += negatives[i];
  }
  const pairsTwice = 2 * lost * stayed;
  return (pairsTwice - misorderedTwice) / pairsTwice;
}

/**
 * Average precision as scikit-learn defines it: the sum over distinct scores, from the highest down, of the
 * gain in recall times the precision there; no interpolation. NaN without a lost row.
 */
export function averagePrecision({ positives, negatives }: ScoreTally): number {
  let lost = 0;
  let stayed = 0;
  let sum = 0;
  for (let i = 0; i < positives.length; i++) {
    lost += positives[i];
    stayed += negatives[i];
    if (positives[i] > 0) sum += positives[i] * (lost / (lost + stayed));
  }
  return sum / lost;
}

/**
 * Share of lost rows in the tenth of the rows with the highest scores, over their share in all rows. NaN without
 * a lost row.
 *
 * @param counts the tally's rows by label, where they are known.
 */
export function topDecileLift(tally: ScoreTally, counts = countLabels(tally)): number {
  const { positives, negatives } = counts;
  return (10 * lostAtTop(tally, (positives + negatives) / 10)) / positives;
}

/**
 * Lost rows among those with the highest scores, `rows` of them and no more, whole or not: where they end within
 * equal scores, these count by the expected value of a random order.
 */
export function lostAtTop({ positives, negatives }: ScoreTally, rows: number): number {
  let above = 0;
  let lost = 0;
  for (let i = 0; above < rows && i < positives.length; i++) {
    const tied = positives[i] + negatives[i];
    if (tied > 0) lost += positives[i] * Math.min(1, (rows - above) / tied);
    above += tied;
  }
  return lost;
}
