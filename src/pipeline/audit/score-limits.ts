import type { CheckResult } from '../../audit/audit.ts';
import { judgeScore } from '../../audit/too-good.ts';
import type { Engine } from '../../engine/engine.ts';
import { literal } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import { bootstrapMetrics } from '../../evaluation/bootstrap.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import type { Learned } from '../learn.ts';
import { pickLabels } from '../pick-rows.ts';
import type { LearnSettings } from '../settings.ts';
import { readTruth } from '../truth/read-truth.ts';

/** The chosen model's score on test rows, against what can be. @param oracle of the true probabilities on the same rows, if known. */
export function auditScore({ chosen }: Pick<Learned, 'chosen'>, oracle?: Interval): CheckResult {
  const { rocAuc } = chosen.test.intervals;
  const known = oracle === undefined ? 'the baseline and the literature' : 'the true probabilities';
  return {
    check: 'too good',
    done: true,
    words: `ROC AUC ${rocAuc.value.toFixed(3)} [${rocAuc.low.toFixed(3)}, ${rocAuc.high.toFixed(3)}] of ${chosen.name} against ${known}`,
    findings: judgeScore({
      model: chosen.name,
      rocAuc,
      overBaseline: chosen.overBaseline.intervals.rocAuc,
      ...(oracle === undefined ? {} : { oracle }),
    }),
  };
}

/**
 * How the true probabilities of a simulated log rank the test rows.
 * @param folder of `refrain simulate --truth`.
 * @throws InputError when it does not tell of a test row.
 */
export async function oracleScore(
  engine: Engine,
  folder: string,
  rows: ExampleRows,
  { plan, groups }: Learned,
  { seed, replicates }: Pick<LearnSettings, 'seed' | 'replicates'>,
): Promise<Interval> {
  const truth = await readTruth(folder);
  const table = await engine.query(
    `select "user", cutoff, probability from read_parquet(${literal(truth.rows)})`,
  );
  const [cutoffs, probabilities] = [numbersOf(table, 'cutoff'), numbersOf(table, 'probability')];
  const truthOf = new Map(
    stringsOf(table, 'user').map((user, i) => [`${cutoffs[i]} ${user}`, probabilities[i]]),
  );
  const known = Float64Array.from(plan.testRows, (row) => {
    const probability = truthOf.get(`${rows.cutoffs[row]} ${rows.users[row]}`);
    if (probability !== undefined) return probability;
    throw new InputError(
      `The truth in ${folder} does not tell of user ${JSON.stringify(rows.users[row])} at a test cutoff: it is of another log, or of other cutoffs.`,
      { truth: folder, user: rows.users[row] },
    );
  });
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  const outcomes = pickLabels(rows.labels, plan.testRows);
  return bootstrapMetrics(outcomes, known, users, 0.5, { seed, replicates }).intervals.rocAuc;
}
