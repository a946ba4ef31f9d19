import type { Effects } from '../../effects.ts';
import { amountOf, type LearningCurve, measureCurve, teaches } from './learning-curve.ts';
import { predictWays, type Trial, type Way, wholeWay } from './predict-ways.ts';

/** The curve over training cutoffs, the latest 1, 2, 4 … of them: what a log that had begun later would have taught. */
export async function cutoffCurve(trial: Trial, effects: Effects): Promise<LearningCurve> {
  const { rows, split } = trial;
  const { plan, cutoffs } = split;
  const days = cutoffs.filter(({ role }) => role === 'train').map(({ day }) => day);
  const latest = (amount: number) => {
    const isIn = (row: number) => rows.cutoffs[row] >= days[days.length - amount];
    const way: Way = { trainRows: plan.fits.map(({ trainRows }) => trainRows.filter(isIn)) };
    return { amount, way, rows: plan.validationRows.filter(isIn) };
  };
  const points = doublings(1, days.length)
    .map(latest)
    .filter(({ way }) => teaches(way, trial));
  const predicted = await predictWays([...points.map(({ way }) => way), wholeWay(trial)], trial, effects);
  return measureCurve(
    'training cutoffs',
    [...points, { amount: days.length, rows: plan.validationRows }].map((point, i) => ({
      amount: amountOf(point.amount, point.rows, trial),
      draws: [predicted[i]],
    })),
    trial,
  );
}

/** `first`, twice and four times that, and so on, below `end`. */
export function doublings(first: number, end: number): number[] {
  const amounts: number[] = [];
  for (let amount = first; amount < end; amount *= 2) amounts.push(amount);
  return amounts;
}
