import { type BootstrapOptions, bootstrapEach, presentUsers } from './bootstrap.ts';
import type { Interval } from './intervals.ts';
import { rocAuc } from './ranking-metrics.ts';
import { countLabels } from './score-tally.ts';
import { weightedRows, weightedTally } from './weighted-rows.ts';

/**
 * ROC AUC over the pairs of rows that share a stratum, with a 95 % interval by the rules of `bootstrapMetrics`: what a score knows beside what
 * the strata say. NaN where no stratum holds both labels.
 *
 * @param labels 1 = lost, 0 = stayed.
 * @param probabilities of being lost, 0…1, one a row.
 * @param groups the user of each row; any whole numbers.
 * @param strata of each row; any whole numbers.
 */
export function rocAucWithinStrata(
  labels: Uint8Array,
  probabilities: Float64Array,
  groups: Int32Array,
  strata: Int32Array,
  options: BootstrapOptions,
): Interval {
  const { users, count } = presentUsers(labels, groups);
  const parts = [...new Set(strata)].map((stratum) => {
    const rows = Int32Array.from(strata.keys()).filter((row) => strata[row] === stratum);
    return weightedRows(
      Uint8Array.from(rows, (row) => labels[row]),
      Float64Array.from(rows, (row) => probabilities[row]),
      Int32Array.from(rows, (row) => users[row]),
      0.5,
    );
  });
  const [found] = bootstrapEach(count, options, (weights) => {
    let [ordered, pairs] = [0, 0];
    for (const part of parts) {
      const tally = weightedTally(part, weights);
      const { positives, negatives } = countLabels(tally);
      if (positives === 0 || negatives === 0) continue;
      ordered += positives * negatives * rocAuc(tally);
      pairs += positives * negatives;
    }
    return [ordered / pairs];
  });
  return found.interval;
}
