import type { ReportLearning } from './report-data.ts';

type ScoredUser = ReportLearning['scores']['users'][number];

/**
 * The score list by column: less than half of what records take, as JSON and gzipped. Reasons of row `i` are
 * `reasonText[k]`, `contribution[k]` for `firstReason[i]` ≤ k < `firstReason[i + 1]`; a text is an index into `texts`.
 */
export interface PackedScores {
  readonly user: readonly string[];
  readonly probability: readonly number[];
  readonly rank: readonly number[];
  readonly firstReason: readonly number[];
  readonly reasonText: readonly number[];
  readonly contribution: readonly number[];
  readonly texts: readonly string[];
}

/** Probabilities and contributions are rounded to six decimals: the page shows fewer, `scores.csv` holds them all. */
export function packScores(users: readonly ScoredUser[]): PackedScores {
  const indexOfText = new Map<string, number>();
  const firstReason = [0];
  const reasonText: number[] = [];
  const contribution: number[] = [];
  for (const { reasons } of users) {
    for (const reason of reasons) {
      const known = indexOfText.get(reason.text);
      if (known === undefined) indexOfText.set(reason.text, indexOfText.size);
      reasonText.push(known ?? indexOfText.size - 1);
      contribution.push(sixDecimals(reason.contribution));
    }
    firstReason.push(reasonText.length);
  }
  return {
    user: users.map(({ user }) => user),
    probability: users.map(({ probability }) => sixDecimals(probability)),
    rank: users.map(({ rank }) => rank),
    firstReason,
    reasonText,
    contribution,
    texts: [...indexOfText.keys()],
  };
}

function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
