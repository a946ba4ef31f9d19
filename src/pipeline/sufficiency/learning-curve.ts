import { type Compared, comparePaired, type Draws } from '../../evaluation/compare-paired.ts';
import { pickLabels } from '../pick-rows.ts';
import type { Trial, Way } from './predict-ways.ts';

/** How well test rows are ranked by how much there was to learn from; the same test rows at every point. */
export interface LearningCurve {
  readonly of: 'users' | 'training cutoffs' | 'days looked back';
  /** By rising amount; the last is all that there is. */
  readonly points: readonly CurvePoint[];
}

interface CurvePoint extends Amount, Compared {}

/** How much a learner was given, before a fold of the users is held out. */
export interface Amount {
  readonly amount: number;
  readonly examples: number;
  /** Users with a loss in an example. */
  readonly lostUsers: number;
}

/** Fewer lost users than these in any fit teach nothing but their own. */
const leastLostUsers = 5;

/** A curve of its points' test probabilities, each compared with the last. */
export function measureCurve(
  of: LearningCurve['of'],
  points: readonly { readonly amount: Amount; readonly draws: Draws }[],
  { rows, split: { plan, groups }, seed, replicates }: Trial,
): LearningCurve {
  const labels = pickLabels(rows.labels, plan.testRows);
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  const reference = points[points.length - 1].draws;
  const compared = comparePaired(
    labels,
    users,
    reference,
    points.map(({ draws }) => draws),
    { seed, replicates },
  );
  return { of, points: points.map(({ amount }, i) => ({ ...amount, ...compared[i] })) };
}

/** What some rows hold. */
export function amountOf(amount: number, trainRows: Int32Array, { rows, split }: Trial): Amount {
  return { amount, examples: trainRows.length, lostUsers: lostUsersIn(trainRows, rows.labels, split.groups) };
}

/** Whether each of a way's fits has lost users enough to learn from. */
export function teaches({ trainRows }: Way, { rows, split }: Trial): boolean {
  return trainRows.every((train) => lostUsersIn(train, rows.labels, split.groups) >= leastLostUsers);
}

export function lostUsersIn(rows: Int32Array, labels: Uint8Array, groups: Int32Array): number {
  const lost = new Set<number>();
  for (const row of rows) if (labels[row] === 1) lost.add(groups[row]);
  return lost.size;
}
