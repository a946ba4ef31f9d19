import { expect, test } from 'vitest';
import { sufficiencyNotes } from '../../../src/cli/terminal/run-result.ts';
import { judgeSufficiency } from '../../../src/pipeline/sufficiency/judge-sufficiency.ts';

const evidence = {
  rocAuc: { value: 0.7, low: 0.68, high: 0.72 },
  overBaseline: { value: 0.05, low: 0.03, high: 0.07 },
  lostUsersToTest: 500,
  stayedUsersToTest: 9000,
  lostUsersToLearn: 400,
  features: 200,
};

test('a run ends with whether its data suffice, and with what speaks against it alone', () => {
  expect(sufficiencyNotes({ sufficiency: judgeSufficiency(evidence) })).toEqual([
    'The data suffice barely: large effects show, differences between models hardly do. There are 400 lost users to learn from for 200 features, 2.0 each. The rule of thumb wants 10, and fewer than 1 leave a model to its penalties; --sufficiency measures instead whether more users would help.',
  ]);
  expect(sufficiencyNotes({ sufficiency: judgeSufficiency({ ...evidence, features: 20 }) })).toEqual([
    'The data suffice: the score is known closely, and more users would change it little.',
  ]);
});

test('a run without a verdict ends without a word of it', () => {
  expect(sufficiencyNotes({})).toEqual([]);
});
