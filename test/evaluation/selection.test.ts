import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastPlan, retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import { judgedFolds, sameCutoffs, selectionOf } from '../../src/evaluation/selection.ts';
import { selectionWindows } from '../../src/evaluation/selection-windows.ts';
import type { Role } from '../../src/evaluation/temporal-split.ts';

/** 12 users at each of `days`, the last of which is the test; two of five rows are lost. */
function rowsAt(days: readonly number[]) {
  const cutoffs = Int32Array.from(days.flatMap((day) => new Array<number>(12).fill(day)));
  const users = cutoffs.map((_, row) => row % 12);
  const roles = Array.from(cutoffs, (day): Role => (day === days[days.length - 1] ? 'test' : 'train'));
  const labels = Uint8Array.from(users, (_, row) => (row % 5 < 2 ? 1 : 0));
  const plan = forecastPlan(
    users.map((user) => user % 3),
    roles,
  );
  return { cutoffs, users, labels, plan };
}

const window = { leadDays: 1, horizonDays: 14 };

describe('windows to select by', () => {
  it('expand over the cutoffs, each fitted on what had ended by its first day', () => {
    expect(selectionWindows([10, 17, 24, 31, 38, 45, 52, 59], window)).toEqual([
      { learnedTo: 10, from: 31, to: 31 },
      { learnedTo: 17, from: 38, to: 38 },
      { learnedTo: 24, from: 45, to: 45 },
      { learnedTo: 31, from: 52, to: 59 },
    ]);
    expect(selectionWindows([0, 15, 40], window)).toEqual([
      { learnedTo: 0, from: 15, to: 15 },
      { learnedTo: 15, from: 40, to: 40 },
    ]);
  });

  it('are none where no cutoff lies long enough after another', () => {
    expect(selectionWindows([10, 17, 24], window)).toEqual([]);
    expect(selectionWindows([10], window)).toEqual([]);
    expect(selectionWindows([], window)).toEqual([]);
  });

  it('never judge a day before the windows that were fitted on had ended, nor one twice', () => {
    const days = fc.uniqueArray(fc.nat(400), { maxLength: 40 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(days, fc.nat(5), fc.integer({ min: 1, max: 40 }), (all, leadDays, horizonDays) => {
        const windows = selectionWindows(all, { leadDays, horizonDays });
        expect(windows.length).toBeLessThanOrEqual(4);
        windows.forEach(({ learnedTo, from, to }, k) => {
          expect(learnedTo + leadDays + horizonDays).toBeLessThanOrEqual(from);
          expect(from).toBeLessThanOrEqual(to);
          if (k > 0) expect(from).toBeGreaterThan(windows[k - 1].to);
        });
        const late = all.filter((day) => day - leadDays - horizonDays >= all[0]);
        expect(windows.at(-1)?.to).toBe(late.at(-1));
      }),
    );
  });
});

/** A selection with its folds. */
function selected(...[plan, ...rest]: Parameters<typeof selectionOf>) {
  const selection = selectionOf(plan, ...rest);
  return { ...selection, folds: judgedFolds(plan, selection) };
}

describe('folds to select by', () => {
  const { cutoffs, users, labels, plan } = rowsAt([10, 17, 24, 31, 38, 45, 52, 59, 80]);
  const { order, plans, folds, windows, words } = selected(plan, cutoffs, labels, window);
  const daysOf = (rows: Int32Array) => [...new Set(rows.map((row) => cutoffs[row]))];

  it('expand in time where the log is long enough, a fold of users after the other', () => {
    expect(order).toBe('expanding');
    expect(windows).toHaveLength(4);
    expect(folds).toHaveLength(12);
    expect(words).toBe('4 expanding windows of 8 training cutoffs');
    expect(daysOf(folds[0].trainRows)).toEqual([10]);
    expect(daysOf(folds[0].validationRows)).toEqual([31]);
    expect(daysOf(folds[11].trainRows)).toEqual([10, 17, 24, 31]);
    expect(daysOf(folds[11].validationRows)).toEqual([52, 59]);
  });

  it('have no user on both sides, and every user judged once a cutoff', () => {
    for (const { trainRows, validationRows } of folds) {
      const trained = new Set(trainRows.map((row) => users[row]));
      expect(validationRows.some((row) => trained.has(users[row]))).toBe(false);
    }
    const judged = folds.flatMap(({ validationRows }) => [...validationRows]);
    expect(new Set(judged).size).toBe(60);
    expect(judged).toHaveLength(60);
  });

  it('predict what each window learned from, too, by models of other users: to calibrate and combine by', () => {
    plans.forEach((one, w) => {
      const learned = one.fits.flatMap(({ predictRows }) =>
        Array.from(predictRows).filter((row) => cutoffs[row] <= windows[w].learnedTo),
      );
      expect(learned.sort((a, b) => a - b)).toEqual([...one.validationRows]);
    });
  });

  it('hold no test row', () => {
    const all = folds.flatMap(({ trainRows, validationRows }) => [...trainRows, ...validationRows]);
    expect(all.some((row) => cutoffs[row] === 80)).toBe(false);
  });

  it('have the same cutoffs on both sides where the log is too short, and say so', () => {
    const short = rowsAt([10, 17, 24, 80]);
    const { order, folds, words } = selected(short.plan, short.cutoffs, short.labels, window);
    expect(order).toBe('same-cutoffs');
    expect(words).toContain('none of the 3 training cutoffs lies 15 days (lead and horizon) after another');
    for (const { trainRows, validationRows } of folds) {
      expect(daysOf(trainRows)).toEqual([10, 17, 24]);
      expect(daysOf(validationRows)).toEqual([10, 17, 24]);
    }
  });

  it('leave out a window without one of the outcomes, and say so', () => {
    const later = labels.map((label, row) => (cutoffs[row] <= 10 ? 0 : label));
    const { windows, folds, words } = selected(plan, cutoffs, later, window);
    expect(windows.map(({ from }) => from)).toEqual([38, 45, 52]);
    expect(folds).toHaveLength(9);
    expect(words).toContain('1 more would lack a loss');
    const latest = labels.map((label, row) => (cutoffs[row] <= 31 ? 0 : label));
    const none = selected(plan, cutoffs, latest, window);
    expect(none.order).toBe('same-cutoffs');
    expect(none.words).toContain('every expanding window would lack a loss');
  });

  it('are those of the plan where every row is at one cutoff', () => {
    const folds = judgedFolds(retrospectivePlan(Int32Array.from([0, 1, 0, 1])), sameCutoffs());
    expect(folds.map(({ validationRows }) => [...validationRows])).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});
