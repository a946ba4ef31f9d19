import type { Effects } from '../../effects.ts';
import { nestedPlaces } from '../../evaluation/nested-samples.ts';
import type { LearnerName } from '../../models/learners.ts';
import { hash32 } from '../../random.ts';
import { amountOf, type LearningCurve, leastLostUsers, lostUsersIn, measureCurve } from './learning-curve.ts';
import { predictWays, type Trial, type Way, wholeWay } from './predict-ways.ts';

/** Halvings of the users to learn from. */
const shares = [1 / 16, 1 / 8, 1 / 4, 1 / 2];
/** Samples of each size, each learned from with a seed of its own, and seeds for all users: a single fit's luck is no curve. */
const draws = 5;
/** Learners that chance has no part in. */
const unseeded: ReadonlySet<LearnerName> = new Set(['logistic-regression', 'naive-bayes']);

/**
 * The curve over users: fits learn from ever larger samples of the other folds' users, nested within a draw, with as large a part of those
 * who are lost as of the others. Sizes at which a fit would see fewer than 5 lost users are left out.
 */
export async function userCurve(trial: Trial, effects: Effects): Promise<LearningCurve> {
  const { rows, split } = trial;
  const { plan, groups } = split;
  const learners = learningUsers(trial);
  const seeds = Array.from({ length: draws }, (_, draw) => hash32(`learning curve ${draw}`, trial.seed));
  const places = seeds.map((seed) => nestedPlaces(learners.names, learners.everLost, seed));
  const sizes = shares.map((share) =>
    places.map((placeOf, draw): { rows: Int32Array; way: Way } => {
      const isIn = (row: number) => placeOf[learners.indexOf.get(groups[row]) ?? -1] < share;
      return {
        rows: plan.validationRows.filter(isIn),
        way: { trainRows: plan.fits.map(({ trainRows }) => trainRows.filter(isIn)), seed: seeds[draw] },
      };
    }),
  );
  const enough = (samples: (typeof sizes)[number]) =>
    samples.every(({ way }) =>
      way.trainRows.every((train) => lostUsersIn(train, rows.labels, groups) >= leastLostUsers),
    );
  const kept = sizes.filter(enough);
  const whole = seeds
    .slice(0, unseeded.has(trial.learner.learner) ? 1 : draws)
    .map((seed) => ({ ...wholeWay(trial), seed }));
  const ways = [...kept.flatMap((samples) => samples.map(({ way }) => way)), ...whole];
  const predicted = await predictWays(ways, trial, effects);
  const usersIn = (sample: Int32Array) => new Set(Array.from(sample, (row) => groups[row])).size;
  const points = kept.map(([first], i) => ({
    amount: amountOf(usersIn(first.rows), first.rows, trial),
    draws: predicted.slice(i * draws, (i + 1) * draws),
  }));
  const all = plan.validationRows;
  return measureCurve(
    'users',
    [...points, { amount: amountOf(usersIn(all), all, trial), draws: predicted.slice(-whole.length) }],
    trial,
  );
}

/** Users with a row to learn from, and whether one of these is lost. */
function learningUsers({ rows, split: { plan, groups } }: Trial) {
  const indexOf = new Map<number, number>();
  const names: string[] = [];
  const everLost: number[] = [];
  for (const row of plan.validationRows) {
    const index = indexOf.get(groups[row]) ?? names.push(rows.users[row]) - 1;
    indexOf.set(groups[row], index);
    everLost[index] = Math.max(everLost[index] ?? 0, rows.labels[row]);
  }
  return { indexOf, names, everLost };
}
