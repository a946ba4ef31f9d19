import { describe, expect, test } from 'vitest';
import { loadDefinition, parseDefinition } from '../../src/definition/load.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { InputError } from '../../src/errors.ts';
import { featureCatalogue } from '../../src/features/catalogue.ts';

const least = `
name: gym
columns: { user: member, time: { column: at, unit: iso }, session: visit, action: what }
loss: { actions: [quit] }
`;

describe('a definition', () => {
  test('needs a name, four columns and a loss; the rest has defaults', () => {
    expect(parseDefinition(least, 'gym.yaml')).toEqual({
      name: 'gym',
      columns: { user: 'member', time: { column: 'at', unit: 'iso' }, session: 'visit', action: 'what' },
      quotedNumbers: false,
      dimensions: [],
      anonymous: [],
      loss: { actions: ['quit'] },
      roles: {},
      paidPlans: [],
      timeRange: { from: '2000-01-01', to: '2100-01-01' },
      words: { loss: 'loss', play: 'play', item: 'item', creator: 'creator' },
    });
  });

  test('may name a column as a number and as a text where numbers are written in quotes', () => {
    const both = least.replace('session: visit', 'session: visit, sequence: place, location: place');
    expect(parseDefinition(`${both}quotedNumbers: true`, 'gym.yaml').columns.location).toBe('place');
  });

  test('is built in by name, or read from a file', async () => {
    expect(await loadDefinition('sparkify')).toBe(sparkify);
    await expect(loadDefinition('no-such.yaml')).rejects.toThrow(InputError);
    await expect(loadDefinition('no-such.yaml')).rejects.toThrow('built in (sparkify)');
    await expect(loadDefinition('constructor')).rejects.toThrow(InputError);
  });

  test.each([
    ['no YAML', 'a: [', /gym\.yaml is not YAML/],
    ['a list', '- a', /gym\.yaml is wrong/],
    ['nothing', '', /gym\.yaml is wrong/],
    ['an unknown key', `${least}colour: red`, /colour/],
    ['an unknown column part', least.replace('session:', 'sesion:'), /sesion/],
    ['no loss', least.replace(/loss:.*/, ''), /loss/],
    ['no action of loss', least.replace('[quit]', '[]'), /loss\.actions/],
    ['an unknown unit', least.replace('iso', 'minutes'), /columns\.time\.unit/],
    ['a name that is no file name', least.replace('gym', '../gym'), /lower-case letters, digits and hyphens/],
    ['a role that is no word', `${least}roles: { 'Big Lift': [x] }`, /lower-case letters/],
    ['a role of the loss', `${least}roles: { leave: [quit] }`, /"quit" is the loss, which has no role/],
    ['a role called time', `${least}roles: { time: [x] }`, /may not be called "time"/],
    [
      'columns that differ in case alone',
      least.replace('session: visit', 'session: Member'),
      /differ in case alone/,
    ],
    [
      'a column that is a number and a text',
      least.replace('session: visit', 'session: visit, sequence: place, location: place'),
      /"place" is declared as a number \(sequence\) and as a text \(location\)/,
    ],
    [
      'a time in milliseconds that is the action too',
      least.replace('unit: iso', 'unit: ms').replace('action: what', 'action: at'),
      /"at" is declared as a number \(time\) and as a text \(action\)/,
    ],
    [
      'times before 1970',
      `${least}timeRange: { from: '1900-01-01', to: '2000-01-01' }`,
      /expected 1970-01-01/,
    ],
    ['times the wrong way round', `${least}timeRange: { from: '2020-01-01', to: '2010-01-01' }`, /from < to/],
    [
      'a day that does not exist',
      `${least}timeRange: { from: '2020-02-30', to: '2021-01-01' }`,
      /timeRange\.from/,
    ],
    ['a bomb of aliases', bomb(), /gym\.yaml is not YAML/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => parseDefinition(text, 'gym.yaml')).toThrow(InputError);
    expect(() => parseDefinition(text, 'gym.yaml')).toThrow(message);
  });

  test('whose roles make two features of one name is refused', () => {
    const definition = parseDefinition(`${least}roles: { sessions: [x] }`, 'gym.yaml');
    expect(() => featureCatalogue(definition)).toThrow(
      'two features are called "sessions_7d": rename the role',
    );
  });

  test('has the features that its columns and roles can give, each with a name of its own', () => {
    const names = featureCatalogue(parseDefinition(least, 'gym.yaml')).map(({ name }) => name);
    expect(names).toContain('sessions_7d');
    expect(names.filter((name) => /play|paid|tenure|female|phone|new_/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(featureCatalogue(sparkify).length).toBeGreaterThan(150);
  });
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
  return `a0: &a0 [x]\n${levels.join('\n')}`;
}
