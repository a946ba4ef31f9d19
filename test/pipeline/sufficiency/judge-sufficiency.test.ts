import { describe, expect, it } from 'vitest';
import { type Evidence, judgeSufficiency } from '../../../src/pipeline/sufficiency/judge-sufficiency.ts';

/** What suffices in every respect. */
const plenty: Evidence = {
  rocAuc: { value: 0.72, low: 0.7, high: 0.74 },
  overBaseline: { value: 0.05, low: 0.03, high: 0.07 },
  lostUsersToTest: 900,
  stayedUsersToTest: 18_000,
  lostUsersToLearn: 3000,
  features: 220,
};

function verdicts(changes: Partial<Evidence>) {
  const { verdict, criteria } = judgeSufficiency({ ...plenty, ...changes });
  return [verdict, ...criteria.map((criterion) => criterion.verdict)];
}

const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });
const unknown = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

describe('judgeSufficiency', () => {
  it('is content with a close score, a comparison that shows and ten losses a feature', () => {
    expect(verdicts({})).toEqual(['sufficient', 'sufficient', 'sufficient', 'sufficient']);
  });

  it.each([
    [
      'a wider interval',
      { rocAuc: around(0.72, 0.05) },
      ['borderline', 'borderline', 'sufficient', 'sufficient'],
    ],
    [
      'a wide interval',
      { rocAuc: around(0.72, 0.07) },
      ['insufficient', 'insufficient', 'sufficient', 'sufficient'],
    ],
    [
      'a comparison that shows a lead of .07',
      { overBaseline: around(0, 0.05) },
      ['borderline', 'sufficient', 'borderline', 'sufficient'],
    ],
    [
      'a comparison that shows none below .14',
      { overBaseline: around(0, 0.1) },
      ['insufficient', 'sufficient', 'insufficient', 'sufficient'],
    ],
    [
      'three losses a feature',
      { lostUsersToLearn: 660 },
      ['borderline', 'sufficient', 'sufficient', 'borderline'],
    ],
    [
      'half a loss a feature',
      { lostUsersToLearn: 110 },
      ['insufficient', 'sufficient', 'sufficient', 'insufficient'],
    ],
    [
      'an interval that is unknown',
      { rocAuc: unknown },
      ['insufficient', 'insufficient', 'sufficient', 'sufficient'],
    ],
  ])('says of %s what is the worst', (_, changes, expected) => {
    expect(verdicts(changes)).toEqual(expected);
  });

  it.each([
    ['lost', { lostUsersToTest: 9 }],
    ['staying', { stayedUsersToTest: 9 }],
    ['lost, none at all,', { lostUsersToTest: 0 }],
  ])('trusts no interval of few %s users, be it ever so narrow', (_, changes) => {
    const perfect = { rocAuc: around(1, 0), overBaseline: around(0.5, 0) };
    const { verdict, criteria } = judgeSufficiency({ ...plenty, ...perfect, ...changes });
    expect(verdict).toBe('insufficient');
    expect(criteria[0].words).toContain('no interval is to be trusted');
    expect(criteria[1].verdict).toBe('insufficient');
  });

  it.each([
    ['surely less than .02', { value: 0.005, low: -0.005, high: 0.015 }, 'sufficient'],
    ['surely more', { value: 0.05, low: 0.03, high: 0.07 }, 'insufficient'],
    ['either', { value: 0.02, low: -0.01, high: 0.05 }, 'borderline'],
    ['unknown', unknown, 'borderline'],
  ])('takes a gain by the last doubling that is %s over the rule of thumb', (_, lastDoubling, expected) => {
    expect(verdicts({ lostUsersToLearn: 10, lastDoubling }).at(-1)).toBe(expected);
  });

  it('says how many lost users a test would take, by the square of the width', () => {
    const { criteria } = judgeSufficiency({ ...plenty, lostUsersToTest: 50, rocAuc: around(0.7, 0.08) });
    expect(criteria[0].words).toBe(
      'By 50 lost users in the test, the ROC AUC of 0.70 is known to ± 0.08; ± 0.04 is wanted, ± 0.06 bearable. That would take some 200 lost users in the test.',
    );
  });

  it('says nothing that is no number', () => {
    for (const changes of [
      { rocAuc: unknown },
      { overBaseline: unknown },
      { lostUsersToTest: 0 },
      { lastDoubling: unknown },
    ]) {
      const { words, criteria } = judgeSufficiency({ ...plenty, ...changes });
      expect([words, ...criteria.map((criterion) => criterion.words)].join(' ')).not.toMatch(
        /NaN|Infinity|undefined/,
      );
    }
  });
});
