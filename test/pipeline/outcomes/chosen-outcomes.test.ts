import { expect, test } from 'vitest';
import { sparkify } from '../../../src/definition/sparkify.ts';
import { checkOutcomes, chosenOutcomes } from '../../../src/pipeline/outcomes/chosen-outcomes.ts';

const choice = { definition: sparkify, protocol: 'forecast' } as const;
const check = (more: Partial<Parameters<typeof checkOutcomes>[0]>) => () =>
  checkOutcomes({ ...choice, ...more });

test('without a choice the loss alone is forecast', () => {
  expect(chosenOutcomes(choice).map(({ kind }) => kind)).toEqual(['loss']);
  expect(check({ fullAudit: true, publish: 'table:scores' })).not.toThrow();
});

test('outcomes keep their order', () => {
  const names = ['silence', 'cancel', 'downgrade'];
  expect(chosenOutcomes({ ...choice, outcomes: names }).map(({ name }) => name)).toEqual(names);
});

test.each([
  [{ outcomes: ['silence', 'silence'] }, '"silence" is named twice'],
  [{ outcomes: [] }, 'No outcome is named'],
  [{ outcomes: ['quiet'] }, 'it has loss, cancel, downgrade, silence'],
  [{ outcomes: ['cancel', 'silence'], protocol: 'retrospective' }, '"silence" can only be forecast'],
  [{ outcomes: ['downgrade'], fullAudit: true }, 'A full audit is of the loss alone'],
  [{ outcomes: ['cancel', 'silence'], publish: 'table:scores' }, 'run with one at a time'],
] as const)('%o is refused', (more, why) => {
  expect(check(more)).toThrow(why);
});

test('the loss by another name may be explained in hindsight', () => {
  expect(check({ outcomes: ['cancel'], protocol: 'retrospective' })).not.toThrow();
});
