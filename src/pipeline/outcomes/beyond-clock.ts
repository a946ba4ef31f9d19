import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../../definition/outcomes.ts';
import type { BootstrapOptions } from '../../evaluation/bootstrap.ts';
import { rocAucWithinStrata } from '../../evaluation/within-strata.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { recordsToCsv } from '../../table/csv.ts';
import type { Learned } from '../learn.ts';
import { pick, pickLabels } from '../pick-rows.ts';

/** The clock of a silence. */
const clock = 'days_since_last_event';

/** Fewer than for the metrics themselves: there is one for every day of quiet and model. */
const mostReplicates = 200;

/**
 * Of a silence, writes `metrics/beyond_the_clock.csv`: how each model ranks the test rows, and how it ranks those among them that have been
 * quiet for the same number of whole days. The first knows how far the clock has run, which anyone can see; the second is what is forecast.
 */
export async function writeBeyondClock(
  folder: string,
  outcome: Outcome | undefined,
  { judged, plan, groups }: Learned,
  { labels, matrix }: ExampleRows,
  { seed, replicates = mostReplicates }: BootstrapOptions,
): Promise<void> {
  if (outcome?.kind !== 'silence') return;
  const options = { seed, replicates: Math.min(replicates, mostReplicates) };
  const outcomes = pickLabels(labels, plan.testRows);
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  const quiet = matrix.columns[matrix.names.indexOf(clock)];
  const days = Int32Array.from(plan.testRows, (row) => Math.floor(quiet[row]));
  const records = judged.map(({ name, test, probabilities }) => {
    const within = rocAucWithinStrata(outcomes, pick(probabilities, plan.testRows), users, days, options);
    const { value, low, high } = test.intervals.rocAuc;
    return {
      model: name,
      ...{ roc_auc: value, roc_auc_low: low, roc_auc_high: high },
      within_a_day_of_quiet: within.value,
      within_low: within.low,
      within_high: within.high,
    };
  });
  await writeFile(
    join(folder, 'metrics', 'beyond_the_clock.csv'),
    recordsToCsv(Object.keys(records[0]), records),
  );
}
