import { describe, expect, test } from 'vitest';
import { compareScores } from '../../../src/pipeline/compare/compare-scores.ts';
import { differentSettings } from '../../../src/pipeline/compare/compare-settings.ts';

const listOf = (scores: Readonly<Record<string, number>>) => ({
  users: Object.keys(scores),
  probabilities: Float64Array.from(Object.values(scores)),
});
const asIs = (user: string) => user;

describe('scores of two runs', () => {
  test('are correlated over the users of both, and tell who came and went', () => {
    const first = listOf({ ann: 0.9, bob: 0.5, cas: 0.2 });
    const second = listOf({ dan: 0.8, cas: 0.6, ann: 0.1 });
    const compared = compareScores(first, second, asIs);
    expect(compared).toMatchObject({
      firstUsers: 3,
      secondUsers: 3,
      bothUsers: 2,
      rankCorrelation: -1,
      firstMean: 0.55,
      top: 3,
    });
    expect(compared.entered).toEqual([
      {
        name: 'dan',
        firstRank: Number.NaN,
        secondRank: 1,
        firstProbability: Number.NaN,
        secondProbability: 0.8,
      },
    ]);
    expect(compared.left.map(({ name, firstRank, secondRank }) => [name, firstRank, secondRank])).toEqual([
      ['bob', 2, Number.NaN],
    ]);
    expect(compared.movers.map(({ name }) => name)).toEqual(['ann', 'cas']);
  });

  test('have a top of a hundred, out of which one can fall without being lost', () => {
    const users = Array.from({ length: 150 }, (_, i) => [`u${i}`, 1 - i / 150] as const);
    const first = listOf(Object.fromEntries(users));
    const second = listOf(Object.fromEntries([['u149', 0.999], ...users.slice(0, 149)]));
    const { top, entered, left, movers } = compareScores(first, second, (user) => `<${user}>`);
    expect(top).toBe(100);
    expect(entered).toMatchObject([{ name: '<u149>', firstRank: 150, secondRank: 1 }]);
    expect(left).toMatchObject([{ name: '<u99>', firstRank: 100, secondRank: 101 }]);
    expect(movers).toHaveLength(20);
    expect(movers[0].name).toBe('<u149>');
  });

  test('of nobody in common have no correlation and no mean', () => {
    const { bothUsers, rankCorrelation, firstMean, entered } = compareScores(
      listOf({ ann: 0.4 }),
      listOf({ bob: 0.4 }),
      asIs,
    );
    expect([bothUsers, rankCorrelation, firstMean]).toEqual([0, Number.NaN, Number.NaN]);
    expect(entered.map(({ name }) => name)).toEqual(['bob']);
  });
});

describe('settings that differ', () => {
  test('are named by their place, with what only one run has', () => {
    const first = {
      folds: 5,
      learners: ['a', 'b'],
      definition: { roles: { play: ['NextSong'] } },
      old: null,
    };
    const second = {
      folds: 3,
      learners: ['a'],
      definition: { roles: { play: ['Play'] } },
      tuning: { trials: 9 },
    };
    expect(differentSettings(first, second)).toEqual([
      { name: 'definition.roles.play', first: '["NextSong"]', second: '["Play"]' },
      { name: 'folds', first: '5', second: '3' },
      { name: 'learners', first: '["a","b"]', second: '["a"]' },
      { name: 'old', first: 'null', second: '' },
      { name: 'tuning.trials', first: '', second: '9' },
    ]);
  });

  test('are none where none does, whatever the order of keys', () => {
    expect(differentSettings({ a: 1, b: { c: 'x' } }, { b: { c: 'x' }, a: 1 })).toEqual([]);
  });
});
