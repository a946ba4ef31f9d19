import { describe, expect, test } from 'vitest';
import { parseDefinition } from '../../src/definition/load.ts';
import { noneInWords, outcomeInWords, outcomeNamed } from '../../src/definition/outcomes.ts';
import { sparkify } from '../../src/definition/sparkify.ts';

const gym = (outcomes: string) =>
  parseDefinition(
    `
name: gym
columns: { user: member, time: { column: at, unit: iso }, session: visit, action: what, plan: tariff }
paidPlans: [gold]
loss: { actions: [quit, expelled] }
roles: { pause: [pause asked, pause begun], complaint: [complaint], all: [complaint, pause asked, pause begun] }
outcomes:
  ${outcomes}
`,
    'gym.yaml',
  );

test('the loss is an outcome of every definition', () => {
  expect(outcomeNamed(gym('{}'), 'loss')).toEqual({ kind: 'loss', name: 'loss', word: 'loss' });
});

test('the built-in definition names three', () => {
  expect(Object.keys(sparkify.outcomes ?? {}).map((name) => outcomeNamed(sparkify, name))).toEqual([
    { kind: 'loss', name: 'cancel', word: 'cancellation' },
    {
      kind: 'roles',
      name: 'downgrade',
      word: 'downgrade',
      roles: ['downgrade'],
      withLoss: false,
      onlyPaid: true,
    },
    { kind: 'silence', name: 'silence', word: 'silence', days: 14 },
  ]);
});

test('an outcome is read by the roles that hold nothing but its actions', () => {
  const definition = gym('paused: { actions: [pause begun, pause asked], word: pause }');
  expect(outcomeNamed(definition, 'paused')).toEqual({
    kind: 'roles',
    name: 'paused',
    word: 'pause',
    roles: ['pause'],
    withLoss: false,
    onlyPaid: false,
  });
  expect(outcomeInWords(outcomeNamed(definition, 'paused'), definition)).toBe('“pause asked”, “pause begun”');
});

test('an outcome may be the loss under another name, or more than the loss', () => {
  const definition = gym(`gone: { actions: [quit, expelled] }
  any: { actions: [complaint, quit, expelled] }`);
  expect(outcomeNamed(definition, 'gone')).toEqual({ kind: 'loss', name: 'gone', word: 'gone' });
  expect(outcomeNamed(definition, 'any')).toMatchObject({ roles: ['complaint'], withLoss: true });
  expect(noneInWords(outcomeNamed(definition, 'any'), definition)).toBe(
    'no event is “complaint”, “quit”, “expelled”',
  );
});

test('a silence and a change of plan are said in words', () => {
  const definition = gym(`quiet: { silentDays: 21 }
  unpaid: { plan: paid to free }`);
  expect(noneInWords(outcomeNamed(definition, 'quiet'), definition)).toBe('there is no silence of 21 days');
  expect(outcomeInWords(outcomeNamed(definition, 'unpaid'), definition)).toBe(
    'change of “tariff” from a paid plan to a free one',
  );
});

test('an unknown name is refused with the known ones', () => {
  expect(() => outcomeNamed(gym('quiet: { silentDays: 7 }'), 'silent')).toThrow(
    'has no outcome "silent"; it has loss, quiet.',
  );
  expect(() => outcomeNamed(gym('{}'), 'toString')).toThrow('has no outcome "toString"');
});

describe('an outcome is refused', () => {
  test.each([
    ['quiet: {}', 'expected one of actions, silentDays and plan'],
    ['quiet: { silentDays: 7, plan: paid to free }', 'expected one of actions, silentDays and plan'],
    ['quiet: { silentDays: 0 }', 'outcomes.quiet.silentDays'],
    ['quiet: { silentDays: 1.5 }', 'outcomes.quiet.silentDays'],
    ['loss: { silentDays: 7 }', 'is not "loss"'],
    ['"../up": { silentDays: 7 }', 'expected a name of lower-case letters'],
    ['half: { actions: [quit] }', 'expected all actions of the loss, or none'],
    ['half: { actions: [pause asked] }', '"pause asked" needs a role of its own'],
    ['other: { actions: [never named] }', '"never named" needs a role of its own'],
    ['quiet: { silentDays: 7, atRisk: paid }', 'atRisk is for outcomes of actions alone'],
    ['quiet: { silentDay: 7 }', 'silentDay'],
  ])('%s', (outcomes, why) => {
    expect(() => gym(outcomes)).toThrow(why);
  });

  test('that asks who pays of a log without plans', () => {
    const text = `
name: plain
columns: { user: u, time: { column: t, unit: s }, session: s, action: a }
loss: { actions: [quit] }
outcomes: { unpaid: { plan: paid to free } }
`;
    expect(() => parseDefinition(text, 'plain.yaml')).toThrow('declare columns.plan and paidPlans');
  });
});
