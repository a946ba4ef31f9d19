import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NothingToLearnError, UsageError } from '../../src/errors.ts';
import { rolesOfRows, temporalSplit } from '../../src/evaluation/temporal-split.ts';

function split(days: number[], leadDays: number, horizonDays: number, testCutoffs: number) {
  return temporalSplit(Int32Array.from(days), { leadDays, horizonDays, testCutoffs });
}

describe('temporalSplit', () => {
  it('trains up to the cutoff whose window ends on the first test cutoff', () => {
    expect(split([0, 7, 13, 14, 21, 28], 1, 14, 1)).toEqual([
      'train',
      'train',
      'train',
      'embargo',
      'embargo',
      'test',
    ]);
  });

  it('has no embargo between far cutoffs', () => {
    expect(split([0, 30, 60], 0, 30, 2)).toEqual(['train', 'test', 'test']);
  });

  it('lets no training window reach past a test cutoff, and leaves out no cutoff that could train', () => {
    const days = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 2, maxLength: 30 });
    const [lead, horizon, tests] = [
      fc.nat(20),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
    ];
    fc.assert(
      fc.property(days, lead, horizon, tests, (unsorted, leadDays, horizonDays, testCutoffs) => {
        const rising = unsorted.toSorted((a, b) => a - b);
        let roles: string[];
        try {
          roles = split(rising, leadDays, horizonDays, testCutoffs);
        } catch (error) {
          expect(error).toBeInstanceOf(NothingToLearnError);
          const firstTest = rising.at(-testCutoffs);
          expect(firstTest === undefined || rising[0] + leadDays + horizonDays > firstTest).toBe(true);
          return;
        }
        expect(roles.filter((role) => role === 'test')).toHaveLength(testCutoffs);
        const firstTest = rising[roles.indexOf('test')];
        roles.forEach((role, i) => {
          if (role === 'test') expect(rising[i]).toBeGreaterThanOrEqual(firstTest);
          else expect(role === 'train').toBe(rising[i] + leadDays + horizonDays <= firstTest);
        });
      }),
    );
  });

  it('says how many days of log are missing', () => {
    // Windows of 15 days from days 10 and 22: 27 days, but 3 more must lie between the two.
    expect(() => split([10, 16, 22], 1, 14, 1)).toThrow(
      /leave 27 days .* need at least 30\. .* 3 days longer/,
    );
  });

  it('says so too when every cutoff is for the test, and when there is none', () => {
    expect(() => split([10, 17], 1, 14, 2)).toThrow(/2 cutoffs leave 22 days .* need at least 37/);
    expect(() => split([10], 1, 14, 3)).toThrow(NothingToLearnError);
    expect(() => split([], 1, 14, 1)).toThrow(/0 cutoffs leave 0 days .* need at least 30/);
  });

  it('can train once the days it asks for are there', () => {
    expect(split([10, 16, 22, 25], 1, 14, 1)).toEqual(['train', 'embargo', 'embargo', 'test']);
  });

  it.each([
    ['leadDays', -1, 14, 1],
    ['leadDays', 0.5, 14, 1],
    ['horizonDays', 0, 0, 1],
    ['testCutoffs', 0, 14, 0],
    ['testCutoffs', 0, 14, Number.NaN],
  ])('refuses a broken %s', (name, leadDays, horizonDays, testCutoffs) => {
    expect(() => split([0, 30], leadDays, horizonDays, testCutoffs)).toThrow(UsageError);
    expect(() => split([0, 30], leadDays, horizonDays, testCutoffs)).toThrow(name);
  });

  it('refuses cutoffs that do not rise', () => {
    expect(() => split([0, 30, 30], 0, 7, 1)).toThrow('Cutoff 2 is day 30 after day 30');
  });
});

describe('rolesOfRows', () => {
  const days = Int32Array.of(0, 10, 20);

  it('gives each row the role of its cutoff', () => {
    expect(rolesOfRows(Int32Array.of(20, 0, 10, 0), days, ['train', 'embargo', 'test'])).toEqual([
      'test',
      'train',
      'embargo',
      'train',
    ]);
  });

  it('refuses a row of another day', () => {
    expect(() => rolesOfRows(Int32Array.of(0, 11), days, ['train', 'embargo', 'test'])).toThrow(
      'cutoff of row 1 is day 11',
    );
  });
});
