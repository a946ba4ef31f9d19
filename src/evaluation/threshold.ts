import { NothingToLearnError } from '../errors.ts';
import { checkProbabilities } from './metrics.ts';
import { countLabels, tallyScores } from './score-tally.ts';

export interface ChosenThreshold {
  /** A row is decided "lost" from this probability up. */
  readonly threshold: number;
  /** Of the lost, on the rows it was chosen on, and so too high for new ones. */
  readonly f1: number;
}

/**
 * The threshold with the highest F1, midway between two neighbouring scores (the lowest has 0 below it). Of
 * thresholds with the same F1 the highest is chosen: it bothers fewer users.
 *
 * @param labels of validation rows, 1 = lost; never of the rows that the model is then judged on.
 * @param probabilities of being lost, 0…1, one a row.
 * @throws RangeError as `evaluate` does; NothingToLearnError when no row is lost: every F1 is then 0 or undefined.
 */
export function chooseThreshold(labels: Uint8Array, probabilities: Float64Array): ChosenThreshold {
  checkProbabilities(probabilities);
  const tally = tallyScores(labels, probabilities);
  const total = countLabels(tally);
  if (total.positives === 0) {
    throw new NothingToLearnError(
      `None of the ${labels.length} validation rows is lost, so no threshold is better than another; give a longer log or a longer horizon.`,
      { rows: labels.length },
    );
  }
  let best = { place: 0, f1: -1 };
  let truePositives = 0;
  let decidedLost = 0;
  for (let place = 0; place < tally.scores.length; place++) {
    truePositives += tally.positives[place];
    decidedLost += tally.positives[place] + tally.negatives[place];
    const f1 = (2 * truePositives) / (decidedLost + total.positives);
    if (f1 > best.f1) best = { place, f1 };
  }
  return { threshold: midpointBelow(tally.scores, best.place), f1: best.f1 };
}

function midpointBelow(scores: Float64Array, place: number): number {
  const score = scores[place];
  const next = place + 1 < scores.length ? scores[place + 1] : 0;
  const midpoint = (score + next) / 2;
  // Between neighbouring doubles the midpoint rounds to one of them, and the lower would let both in.
  return midpoint > next ? midpoint : score;
}
