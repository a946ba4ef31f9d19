import type { ScoreTally } from './score-tally.ts';

/** Rows by score, in parts of equal width from 0 on; each part holds its lower end, the last one both. */
export interface ScoreDistribution {
  readonly width: number;
  readonly lost: Int32Array;
  readonly stayed: Int32Array;
}

/** Widths that read well, largest first. */
const widths = [0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const fewest = 10;

/** The distribution of probabilities by label, up to the greatest, in the widest parts of which it takes ten at least. */
export function scoreDistribution({ scores, positives, negatives }: ScoreTally): ScoreDistribution {
  const most = scores[0] ?? 0;
  const width = widths.find((one) => most / one >= fewest) ?? widths[widths.length - 1];
  const parts = Math.max(1, Math.ceil(most / width));
  const lost = new Int32Array(parts);
  const stayed = new Int32Array(parts);
  for (let i = 0; i < scores.length; i++) {
    const part = Math.min(parts - 1, Math.floor(scores[i] / width));
    lost[part] += positives[i];
    stayed[part] += negatives[i];
  }
  return { width, lost, stayed };
}
