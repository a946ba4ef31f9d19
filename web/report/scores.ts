import type { PackedScores } from '../../src/report/pack-scores.ts';

export interface Reason {
  readonly text: string;
  /** Above zero it raises the risk, below it lowers it. */
  readonly contribution: number;
}

/** The score list by column; row `i` is one user. */
export interface Scores {
  readonly size: number;
  readonly user: readonly string[];
  readonly probability: Float64Array;
  readonly rank: Float64Array;
  readonly firstReason: Int32Array;
  readonly reasonText: Int32Array;
  readonly contribution: Float64Array;
  readonly texts: readonly string[];
}

export function unpackScores(packed: PackedScores): Scores {
  return {
    size: packed.user.length,
    user: packed.user,
    probability: Float64Array.from(packed.probability),
    rank: Float64Array.from(packed.rank),
    firstReason: Int32Array.from(packed.firstReason),
    reasonText: Int32Array.from(packed.reasonText),
    contribution: Float64Array.from(packed.contribution),
    texts: packed.texts,
  };
}

export function reasonsOf(scores: Scores, row: number): Reason[] {
  const reasons: Reason[] = [];
  for (let k = scores.firstReason[row]; k < scores.firstReason[row + 1]; k++)
    reasons.push({ text: scores.texts[scores.reasonText[k]], contribution: scores.contribution[k] });
  return reasons;
}
