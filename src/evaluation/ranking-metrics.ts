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
 * Share of lost rows in the tenth of the rows with the highest scores, over their share in all rows. The tenth
 * is exact: where it ends within equal scores, they count by the expected value of a random order. NaN without
 * a lost row.
 */
export function topDecileLift(tally: ScoreTally): number {
  const total = countLabels(tally);
  const decile = (total.positives + total.negatives) / 10;
  let above = 0;
  let captured = 0;
  for (let i = 0; above < decile; i++) {
    const rows = tally.positives[i] + tally.negatives[i];
    if (rows > 0) captured += tally.positives[i] * Math.min(1, (decile - above) / rows);
    above += rows;
  }
  return (10 * captured) / total.positives;
}
