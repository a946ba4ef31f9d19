import type { Engine } from '../../engine/engine.ts';
import { literal } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import { dateOf } from '../../features/cutoffs.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import type { Truth } from './read-truth.ts';

/** Test predictions beside the truth, by model, cutoff and user. */
export interface Joined {
  readonly models: readonly string[];
  readonly users: readonly string[];
  /** Days since 1970. */
  readonly cutoffs: Float64Array;
  readonly outcomes: Uint8Array;
  /** As they are delivered. */
  readonly predictions: Float64Array;
  /** As the learner left them. */
  readonly uncalibrated: Float64Array;
  readonly truth: Float64Array;
  /** What a perfect reader of the log would say; NaN where that is not told. */
  readonly fromLog: Float64Array;
  /** Standard errors of the truth. */
  readonly errors: Float64Array;
}

/** @throws InputError when a prediction has no truth, or the two disagree about what came: they are of different logs. */
export async function joinTruth(engine: Engine, predictions: string, truth: Truth): Promise<Joined> {
  await checkColumns(engine, predictions);
  const table = await engine.query(`
    select p.model, p."user", p.cutoff, p.lost, p.probability as predicted, p.uncalibrated,
      t.probability as truth, t.probability_from_log as from_log, t.probability_error as error, t.lost as truly_lost
    from read_parquet(${literal(predictions)}) as p
    left join read_parquet(${literal(truth.rows)}) as t on p."user" = t."user" and p.cutoff = t.cutoff
    order by p.model, p.cutoff, p."user"`);
  const joined: Joined = {
    models: stringsOf(table, 'model'),
    users: stringsOf(table, 'user'),
    cutoffs: numbersOf(table, 'cutoff'),
    outcomes: Uint8Array.from(numbersOf(table, 'lost')),
    predictions: numbersOf(table, 'predicted'),
    uncalibrated: numbersOf(table, 'uncalibrated'),
    truth: numbersOf(table, 'truth'),
    fromLog: numbersOf(table, 'from_log'),
    errors: numbersOf(table, 'error'),
  };
  checkCutoffs(joined, truth);
  checkUsers(joined);
  checkOutcomes(joined, numbersOf(table, 'truly_lost'));
  return joined;
}

/** @throws InputError where an older version wrote the predictions. */
async function checkColumns(engine: Engine, predictions: string): Promise<void> {
  const described = await engine.query(`describe select * from read_parquet(${literal(predictions)})`);
  if (stringsOf(described, 'column_name').includes('uncalibrated')) return;
  throw new InputError(
    `${predictions} does not tell the probabilities before calibration: an older version made it. Run again.`,
    { path: predictions },
  );
}

function checkCutoffs({ cutoffs }: Joined, { manifest }: Truth): void {
  const told = new Set(manifest.cutoffs.map(({ date }) => date));
  const asked = [...new Set(cutoffs)].map(dateOf);
  const missing = asked.filter((date) => !told.has(date));
  if (missing.length === 0) return;
  throw new InputError(
    `The truth is not told at ${missing.join(', ')}, where the run was tested. Simulate the log again with --truth and --cutoffs ${asked.join(',')}.`,
    { missing },
  );
}

function checkUsers({ users, cutoffs, truth }: Joined): void {
  const row = truth.findIndex(Number.isNaN);
  if (row < 0) return;
  const missing = truth.filter(Number.isNaN).length;
  throw new InputError(
    `The truth lacks ${missing} of the run's ${truth.length} test predictions, such as user ${users[row]} at ${dateOf(cutoffs[row])}: it is about another log.`,
    { missing, user: users[row], cutoff: dateOf(cutoffs[row]) },
  );
}

/** @param trulyLost 1, 0, or NaN where the log ends too early to tell. */
function checkOutcomes({ users, cutoffs, outcomes }: Joined, trulyLost: Float64Array): void {
  const row = trulyLost.findIndex((lost, i) => !Number.isNaN(lost) && lost !== outcomes[i]);
  if (row < 0) return;
  const [run, truth] = [outcomes[row], trulyLost[row]].map((lost) => (lost === 1 ? 'lost' : 'not lost'));
  throw new InputError(
    `User ${users[row]} at ${dateOf(cutoffs[row])} is ${run} in the run and ${truth} in the truth: they are about different logs.`,
    { user: users[row], cutoff: dateOf(cutoffs[row]) },
  );
}
