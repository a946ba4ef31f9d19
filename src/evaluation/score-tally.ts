import { denseRank } from './dense-rank.ts';

/**
 * Labelled rows counted by score, all that any metric here needs of them: so ties are handled once, and no
 * number can depend on the order of rows.
 */
export interface ScoreTally {
  /** Distinct scores, highest first. */
  readonly scores: Float64Array;
  /** Rows with that score that were lost. */
  readonly positives: Int32Array;
  /** Rows with that score that stayed. */
  readonly negatives: Int32Array;
}

/**
 * @param labels 1 = lost, 0 = stayed.
 * @param scores one a row, higher = likelier lost.
 * @throws RangeError when the lengths differ, a label is not 0 or 1, or a score is not finite.
 */
export function tallyScores(labels: Uint8Array, scores: Float64Array): ScoreTally {
  const ranked = rankScores(labels, scores);
  for (let i = 0; i < labels.length; i++) {
    const counts = labels[i] === 1 ? ranked.tally.positives : ranked.tally.negatives;
    counts[ranked.places[i]]++;
  }
  return ranked.tally;
}

/** An empty tally of the distinct scores and, for every row, its place in it. Throws as `tallyScores` does. */
export function rankScores(
  labels: Uint8Array,
  scores: Float64Array,
): { readonly tally: ScoreTally; readonly places: Int32Array } {
  checkRows(labels, scores);
  const { distinct, ranks } = denseRank(scores);
  const last = distinct.length - 1;
  return {
    tally: {
      scores: distinct.reverse(),
      positives: new Int32Array(distinct.length),
      negatives: new Int32Array(distinct.length),
    },
    places: ranks.map((rank) => last - rank),
  };
}

/** Rows of a tally by label. */
export function countLabels(tally: ScoreTally): { readonly positives: number; readonly negatives: number } {
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < tally.scores.length; i++) {
    positives += tally.positives[i];
    negatives += tally.negatives[i];
  }
  return { positives, negatives };
}

function checkRows(labels: Uint8Array, scores: Float64Array): void {
  if (labels.length !== scores.length) {
    throw new RangeError(
      `There are ${labels.length} labels and ${scores.length} scores; each row needs both.`,
    );
  }
  const label = labels.findIndex((value) => value > 1);
  if (label >= 0) throw new RangeError(`The label of row ${label} is ${labels[label]}; it must be 0 or 1.`);
  const score = scores.findIndex((value) => !Number.isFinite(value));
  if (score >= 0) throw new RangeError(`The score of row ${score} is ${scores[score]}; it must be finite.`);
}
