import { rocAuc } from '../evaluation/ranking-metrics.ts';
import { tallyScores } from '../evaluation/score-tally.ts';

export interface ScoredRow {
  readonly label: number;
  readonly score: number;
  readonly stratum: string;
}

/** ROC AUC over the pairs of rows that share a stratum, which no difference between strata can raise; NaN where there is no pair. */
export function stratifiedAuc(rows: readonly ScoredRow[]): number {
  const strata = new Map<string, ScoredRow[]>();
  for (const row of rows) {
    const stratum = strata.get(row.stratum);
    if (stratum === undefined) strata.set(row.stratum, [row]);
    else stratum.push(row);
  }
  let [ordered, pairs] = [0, 0];
  for (const members of strata.values()) {
    const labels = Uint8Array.from(members, ({ label }) => label);
    const lost = labels.reduce((sum, label) => sum + label, 0);
    const between = lost * (labels.length - lost);
    if (between === 0) continue;
    ordered +=
      between *
      rocAuc(
        tallyScores(
          labels,
          Float64Array.from(members, ({ score }) => score),
        ),
      );
    pairs += between;
  }
  return ordered / pairs;
}
