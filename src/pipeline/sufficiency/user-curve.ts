import type { Effects } from '../../effects.ts';
import { nestedPlaces } from '../../evaluation/nested-samples.ts';
import type { LearnerName } from '../../models/learners.ts';
import { hash32 } from '../../random.ts';
import { amountOf, type LearningCurve, measureCurve, teaches } from './learning-curve.ts';
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
  const seeds = Array.from({ length: draws }, (_, draw) => hash32(`learning curve ${draw}`, trial.seed));
  const sizes = samplesBySize(trial, seeds).filter((samples) =>
    samples.every(({ way }) => teaches(way, trial)),
  );
  const isUnseeded = unseeded.has(trial.learner.learner);
  const all = (isUnseeded ? seeds.slice(0, 1) : seeds).map((seed) => ({
    rows: trial.split.plan.validationRows,
    way: { ...wholeWay(trial), seed },
  }));
  const points = [...sizes, all];
  const ways = points.flatMap((samples) => samples.map(({ way }) => way));
  const predicted = await predictWays(ways, trial, effects);
  return measureCurve(
    'users',
    points.map((samples) => ({
      amount: amountOf(usersIn(samples[0].rows, trial), samples[0].rows, trial),
      draws: predicted.splice(0, samples.length),
    })),
    trial,
  );
}

/** Some of the users to learn from. */
interface Sample {
  readonly rows: Int32Array;
  readonly way: Way;
}

/** Of each size a sample a seed. */
function samplesBySize(trial: Trial, seeds: readonly number[]): Sample[][] {
  const { plan, groups } = trial.split;
  const { names, everLost, indexOf } = learningUsers(trial);
  const places = seeds.map((seed) => nestedPlaces(names, everLost, seed));
  return shares.map((share) =>
    places.map((placeOf, draw) => {
      const isIn = (row: number) => placeOf[indexOf.get(groups[row]) ?? -1] < share;
      const trainRows = plan.fits.map((fit) => fit.trainRows.filter(isIn));
      return { rows: plan.validationRows.filter(isIn), way: { trainRows, seed: seeds[draw] } };
    }),
  );
}

function usersIn(rows: Int32Array, { split: { groups } }: Trial): number {
  return new Set(Array.from(rows, (row) => groups[row])).size;
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
