import { describe, expect, it } from 'vitest';
import { forecastPlan, retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import type { Role } from '../../src/evaluation/temporal-split.ts';
import { tuningFolds } from '../../src/tuning/folds.ts';

/** 12 users at each of `days`, the last of which is the test; two of five rows are lost. */
function rowsAt(days: readonly number[]) {
  const cutoffs = Int32Array.from(days.flatMap((day) => new Array<number>(12).fill(day)));
  const users = cutoffs.map((_, row) => row % 12);
  const roles = Array.from(cutoffs, (day): Role => (day === days[days.length - 1] ? 'test' : 'train'));
  const labels = Uint8Array.from(users, (_, row) => (row % 5 < 2 ? 1 : 0));
  return {
    cutoffs,
    users,
    labels,
    plan: forecastPlan(
      users.map((user) => user % 3),
      roles,
    ),
  };
}

const window = { leadDays: 1, horizonDays: 14 };

describe('folds to tune on', () => {
  const { cutoffs, users, labels, plan } = rowsAt([10, 17, 24, 31, 38, 45, 52, 59, 80]);
  const { order, folds } = tuningFolds(plan, cutoffs, labels, window);

  it('are walked forward where the log is long enough', () => {
    expect(order).toBe('walk-forward');
    for (const { trainRows, validationRows } of folds) {
      expect([...new Set(validationRows.map((row) => cutoffs[row]))]).toEqual([52, 59]);
      expect(Math.max(...trainRows.map((row) => cutoffs[row]))).toBe(31);
    }
  });

  it('have no user on both sides, and every user judged once a cutoff', () => {
    for (const { trainRows, validationRows } of folds) {
      const trained = new Set(trainRows.map((row) => users[row]));
      expect(validationRows.some((row) => trained.has(users[row]))).toBe(false);
    }
    const judged = folds.flatMap(({ validationRows }) => [...validationRows]);
    expect(new Set(judged).size).toBe(24);
    expect(judged).toHaveLength(24);
  });

  it('hold no test row', () => {
    const all = folds.flatMap(({ trainRows, validationRows }) => [...trainRows, ...validationRows]);
    expect(all.some((row) => cutoffs[row] === 80)).toBe(false);
  });

  it('have the same cutoffs on both sides where the log is too short, still without a test row', () => {
    const short = rowsAt([10, 17, 24, 80]);
    const { order, folds } = tuningFolds(short.plan, short.cutoffs, short.labels, window);
    expect(order).toBe('same-cutoffs');
    for (const { trainRows, validationRows } of folds) {
      expect([...new Set(trainRows.map((row) => short.cutoffs[row]))]).toEqual([10, 17, 24]);
      expect([...new Set(validationRows.map((row) => short.cutoffs[row]))]).toEqual([10, 17, 24]);
    }
  });

  it('are not walked forward into a fold without one of the outcomes', () => {
    const fewer = labels.map((label, row) => (cutoffs[row] <= 31 ? 0 : label));
    expect(tuningFolds(plan, cutoffs, fewer, window).order).toBe('same-cutoffs');
  });

  it('are those of the plan where every row is at one cutoff', () => {
    const foldOfRow = Int32Array.from([0, 1, 0, 1]);
    const retrospective = retrospectivePlan(foldOfRow);
    const days = new Int32Array(4).fill(63);
    const { order, folds } = tuningFolds(retrospective, days, Uint8Array.from([0, 1, 1, 0]), window);
    expect(order).toBe('same-cutoffs');
    expect(folds.map(({ validationRows }) => [...validationRows])).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});
