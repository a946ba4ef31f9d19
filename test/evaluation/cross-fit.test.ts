import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NothingToLearnError } from '../../src/errors.ts';
import { forecastPlan, retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import { rolesOfRows, temporalSplit } from '../../src/evaluation/temporal-split.ts';
import { userFolds } from '../../src/evaluation/user-folds.ts';

/** A log of users at risk at some of 12 weekly cutoffs, split as the pipeline splits it. */
const forecasts = fc
  .record({
    users: fc.integer({ min: 8, max: 30 }),
    atRisk: fc.infiniteStream(fc.boolean()),
    folds: fc.integer({ min: 2, max: 4 }),
    seed: fc.integer(),
    leadDays: fc.nat(3),
    horizonDays: fc.integer({ min: 1, max: 28 }),
    testCutoffs: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ users, atRisk, folds, seed, ...options }) => {
    const keys = Array.from({ length: users }, (_, user) => `user-${user}`);
    const cutoffDays = Int32Array.from({ length: 12 }, (_, i) => 17_000 + 7 * i);
    // Everybody is there at the first and the last cutoff, so that no side is empty.
    const rows = keys.flatMap((_, user) =>
      [...cutoffDays]
        .filter((_, i) => i === 0 || i === 11 || atRisk.next().value)
        .map((cutoff) => ({ user, cutoff })),
    );
    const everLost = Uint8Array.from(keys, (_, user) => (user % 3 === 0 ? 1 : 0));
    const foldOfUser = userFolds(keys, everLost, folds, seed);
    const roles = rolesOfRows(
      Int32Array.from(rows, ({ cutoff }) => cutoff),
      cutoffDays,
      temporalSplit(cutoffDays, options),
    );
    return {
      rows,
      roles,
      window: options.leadDays + options.horizonDays,
      foldOfRow: Int32Array.from(rows, ({ user }) => foldOfUser[user]),
    };
  });

describe('forecastPlan', () => {
  it('has no user on both sides of a fit', () => {
    fc.assert(
      fc.property(forecasts, ({ rows, roles, foldOfRow }) => {
        for (const { trainRows, predictRows } of forecastPlan(foldOfRow, roles).fits) {
          const learned = new Set(Array.from(trainRows, (row) => rows[row].user));
          for (const row of predictRows) expect(learned.has(rows[row].user)).toBe(false);
        }
      }),
    );
  });

  it('has no training window that is open at a test cutoff', () => {
    fc.assert(
      fc.property(forecasts, ({ rows, roles, foldOfRow, window }) => {
        const { fits, testRows } = forecastPlan(foldOfRow, roles);
        const firstTest = Math.min(...Array.from(testRows, (row) => rows[row].cutoff));
        for (const { trainRows } of fits) {
          for (const row of trainRows) expect(rows[row].cutoff + window).toBeLessThanOrEqual(firstTest);
        }
      }),
    );
  });

  it('predicts every validation and test row once, and nothing else', () => {
    fc.assert(
      fc.property(forecasts, ({ roles, foldOfRow }) => {
        const { fits, validationRows, testRows } = forecastPlan(foldOfRow, roles);
        const predicted = fits.flatMap(({ predictRows }) => [...predictRows]).sort((a, b) => a - b);
        expect(predicted).toEqual([...validationRows, ...testRows].sort((a, b) => a - b));
        expect(new Set(predicted).size).toBe(predicted.length);
        expect(predicted.length + roles.filter((role) => role === 'embargo').length).toBe(roles.length);
      }),
    );
  });

  it('gives the rows of a small log', () => {
    const plan = forecastPlan(Int32Array.of(0, 0, 0, 1, 1, 1), [
      'train',
      'embargo',
      'test',
      'train',
      'train',
      'test',
    ]);
    expect(plan).toEqual({
      fits: [
        { fold: 0, trainRows: Int32Array.of(3, 4), predictRows: Int32Array.of(0, 2) },
        { fold: 1, trainRows: Int32Array.of(0), predictRows: Int32Array.of(3, 4, 5) },
      ],
      validationRows: Int32Array.of(0, 3, 4),
      testRows: Int32Array.of(2, 5),
    });
  });

  it('leaves out a fold with nothing to predict', () => {
    const { fits } = forecastPlan(Int32Array.of(0, 1, 2, 0), ['train', 'train', 'embargo', 'test']);
    expect(fits.map(({ fold }) => fold)).toEqual([0, 1]);
  });

  it('refuses a log without a test row or without rows to learn from', () => {
    expect(() => forecastPlan(Int32Array.of(0, 1), ['train', 'embargo'])).toThrow(NothingToLearnError);
    expect(() => forecastPlan(Int32Array.of(0, 1), ['train', 'test'])).toThrow(
      'The fit for fold 0 has no example of another fold',
    );
    expect(() => forecastPlan(Int32Array.of(0, 1), ['train'])).toThrow('2 folds and 1 roles');
  });
});

describe('retrospectivePlan', () => {
  it('learns from the other folds and judges by the rows it chooses by', () => {
    expect(retrospectivePlan(Int32Array.of(1, 0, 1))).toEqual({
      fits: [
        { fold: 0, trainRows: Int32Array.of(0, 2), predictRows: Int32Array.of(1) },
        { fold: 1, trainRows: Int32Array.of(1), predictRows: Int32Array.of(0, 2) },
      ],
      validationRows: Int32Array.of(0, 1, 2),
      testRows: Int32Array.of(0, 1, 2),
    });
  });

  it('refuses users of one fold', () => {
    expect(() => retrospectivePlan(Int32Array.of(0, 0))).toThrow(NothingToLearnError);
  });
});
