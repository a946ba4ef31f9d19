import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Definition, definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { featureCatalogue } from '../../src/features/catalogue.ts';
import type { ExampleRows } from '../../src/features/examples.ts';
import { row } from '../ingest/row.ts';
import { examplesOf, simulatedLog } from './as-of.ts';

const cutoff = Date.UTC(2018, 9, 11) / 86_400_000;

describe('the catalogue of the Sparkify log', () => {
  const features = featureCatalogue(sparkify);

  test('has sixty features and more, each with a name of its own that needs no quotes', () => {
    expect(features.length).toBeGreaterThanOrEqual(60);
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    expect(features.filter(({ name }) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });

  test('says of each its theme, unit, meaning and formula', () => {
    const isSilent = (text: string) => text.trim() === '' || /undefined|null|NaN|\[object/.test(text);
    const silent = features.filter(({ theme, unit, meaning, formula }) =>
      [theme, unit, meaning, formula].some(isSilent),
    );
    expect(silent).toEqual([]);
    expect(new Set(features.map(({ meaning }) => meaning)).size).toBe(features.length);
  });

  test('names no feature for who the user is, or for the loss', () => {
    const telling = /user|_id\b|first_?name|last_?name|cancel|loss|lost/i;
    expect(features.filter(({ name }) => telling.test(name))).toEqual([]);
  });
});

describe('a definition with fewer parts', () => {
  let log: string;
  let whole: ExampleRows;

  beforeAll(async () => {
    log = await simulatedLog(6, 14, 9);
    whole = await examplesOf([log], [cutoff]);
  });

  test('has fewer features, each with the value that it has beside all others', async () => {
    await fc.assert(
      fc.asyncProperty(fewerParts, async (definition) => {
        const names = featureCatalogue(definition).map(({ name }) => name);
        const { users, matrix } = await examplesOf([log], [cutoff], undefined, definition);
        expect(users).toEqual(whole.users);
        expect(matrix.names).toEqual(names);
        matrix.names.forEach((name, j) => {
          const expected = whole.matrix.columns[whole.matrix.names.indexOf(name)];
          expect([name, matrix.columns[j]]).toEqual([name, expected]);
        });
      }),
      { numRuns: 12, seed: 2, examples: [[parts([], [], [])], [parts([], Object.keys(sparkify.roles), [])]] },
    );
  });

  test('with roles of any name has features for them that run', async () => {
    const names = ['order', 'plans', 'day', 'select', 'n', 'last', 'user', 'events_in_all', 'a1_'];
    const definition = definitionSchema.parse({
      ...withoutOutcomes,
      roles: Object.fromEntries(names.map((name) => [name, ['NextSong']])),
    });
    const { matrix } = await examplesOf([log], [cutoff], undefined, definition);
    const plays = whole.matrix.columns[whole.matrix.names.indexOf('play_all')];
    for (const name of names) {
      expect([name, matrix.columns[matrix.names.indexOf(`${name}_all`)]]).toEqual([name, plays]);
    }
  });

  test('with a role called order knows the plan as others do', async () => {
    const definition = definitionSchema.parse({ ...withoutOutcomes, roles: { order: ['NextSong'] } });
    const ts = Date.UTC(2018, 9, 10);
    const text = [row({ ts, level: 'paid' }), row({ ts: ts + 1, level: 'free', page: 'Home' })].join('\n');
    const { matrix } = await examplesOf([text], [cutoff], undefined, definition);
    expect(matrix.columns[matrix.names.indexOf('is_paid')]).toEqual(Float64Array.of(0));
  });
});

/** Outcomes need their roles and plans. */
const withoutOutcomes = { ...sparkify, outcomes: undefined };

const optional = [
  'plan',
  'duration',
  'item',
  'creator',
  'registered',
  'gender',
  'location',
  'agent',
] as const;

const fewerParts = fc
  .tuple(
    fc.subarray([...optional]),
    fc.subarray(Object.keys(sparkify.roles)),
    fc.constantFrom([], sparkify.paidPlans),
  )
  .map(([columns, roles, paidPlans]) => parts(columns, roles, paidPlans));

/** The Sparkify definition with some of its optional columns, roles and plans alone. */
function parts(
  columns: readonly (typeof optional)[number][],
  roles: readonly string[],
  paidPlans: readonly string[],
): Definition {
  const { user, time, session, action, sequence } = sparkify.columns;
  return definitionSchema.parse({
    ...withoutOutcomes,
    columns: {
      ...{ user, time, session, action, sequence },
      ...Object.fromEntries(columns.map((name) => [name, sparkify.columns[name]])),
    },
    roles: Object.fromEntries(roles.map((role) => [role, sparkify.roles[role]])),
    paidPlans,
  });
}
