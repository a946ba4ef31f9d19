import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../../src/definition/sparkify.ts';
import { silentEffects } from '../../../src/effects.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { InputError, UsageError } from '../../../src/errors.ts';
import { examplesSql, readExamples } from '../../../src/features/examples.ts';
import { editOwnTables } from '../../../src/pipeline/own-tables/edit-own-tables.ts';
import { openOwnTables } from '../../../src/pipeline/own-tables/open-own-tables.ts';
import { type OwnTableSpec, parseOwnTable } from '../../../src/pipeline/own-tables/own-table-spec.ts';
import { withDuckdb } from '../../ingest/ingested.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function tableOf(text: string, roles: Omit<OwnTableSpec, 'path'> = {}): Promise<OwnTableSpec> {
  const path = join(folder, `own-${files++}.csv`);
  await writeFile(path, text);
  return { path, ...roles };
}

/** Users a and b, seen on the first of November 2018 and every day before. */
async function withUsers<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  return withDuckdb(async (engine) => {
    const day = 17_836;
    await engine.createTableAs(
      'ledger',
      `select * from (values ('a', ${day}), ('b', ${day})) as ledger ("user", day)`,
    );
    await engine.createTableAs('losses', `select 'x' as "user", cast(0 as bigint) as time where false`);
    return use(engine);
  });
}

const label = { kind: 'window', leadDays: 1, horizonDays: 14 } as const;

/** Each feature's values of a and b as of the second and the third of November. */
function joined(specs: readonly OwnTableSpec[], isEdited = false, wanted: readonly string[] = []) {
  return withUsers(async (engine) => {
    const tables = await openOwnTables(
      { engine, workFolder: folder, effects: silentEffects },
      specs,
      sparkify,
      wanted,
    );
    if (isEdited) await editOwnTables(engine, tables, 17_838);
    const features = tables.flatMap((table) => table.features);
    await engine.createTableAs('examples', examplesSql(features, [17_837, 17_838], label));
    const { matrix } = await readExamples(engine, 'examples', features);
    return Object.fromEntries(matrix.names.map((name, j) => [name, Array.from(matrix.columns[j])]));
  });
}

const dated = `userId,known,score,since,tier
a,2018-10-20T00:00:00Z,1,2018-10-01,gold
a,2018-11-01T23:59:59.999Z,2,2018-10-02,silver
a,2018-11-02T00:00:00Z,3,2018-10-03,gold
a,2018-11-03T00:00:00Z,4,,
b,2018-11-02T12:00:00Z,,2018-10-30,
`;

describe('an own table', () => {
  test('with dates gives the latest value that is dated before the cutoff, if any', async () => {
    const of = await joined([await tableOf(dated, { date: 'known' })]);
    expect(of).toEqual({
      score: [2, Number.NaN, 3, Number.NaN],
      since: [31, Number.NaN, 31, 4],
      'tier=gold': [0, Number.NaN, 1, Number.NaN],
      'tier=silver': [1, Number.NaN, 0, Number.NaN],
    });
  });

  test('gives the same when all of it from the cutoff on is changed', async () => {
    const spec = await tableOf(dated, { date: 'known' });
    expect(await joined([spec], true)).toEqual(await joined([spec]));
  });

  test('without dates gives its value at every cutoff, by a user’s column of any name', async () => {
    const spec = await tableOf('member;city size;ok\nb;7;true\n', { user: 'member' });
    const [nan, seven, one] = [Number.NaN, 7, 1];
    expect(await joined([spec])).toEqual({ 'city size': [nan, seven, nan, seven], ok: [nan, one, nan, one] });
  });

  test('has a column for each level that a model wants', async () => {
    const spec = await tableOf('user,tier\na,gold\n');
    expect(Object.keys(await joined([spec], false, ['tier=silver', 'plays']))).toEqual([
      'tier=gold',
      'tier=silver',
    ]);
  });

  test.each([
    [
      'has no user',
      'member,score\na,1\n',
      /has no column "userId" or "user": name the user's as .*,user=COLUMN/,
    ],
    [
      'has two columns of dates',
      'user,d,e,x\na,2018-01-01,2018-01-02,1\n',
      /2 columns of dates or times \("d", "e"\)/,
    ],
    ['has two rows of a user and no date', 'user,x\na,1\na,2\n', /several rows of the user "a" and no date/],
    [
      'has two rows of a user at a time',
      'user,d,x\na,2018-01-01,1\na,2018-01-01,2\n',
      /two rows of the user "a" at one time/,
    ],
    ['has a feature’s name', 'user,Events_7d\na,1\n', /"Events_7d" .* is called like one of the catalogue/],
    ['calls a column as examples do', 'user,cutoff\na,1\n', /"cutoff" .* is called like one of every table/],
    ['has nothing but users', 'user\na\n', /no column beside user and date/],
    ['has no row with a user', 'user,x\n,1\n', /no row with a user/],
    [
      'has text without end',
      `user,x\n${Array.from({ length: 21 }, (_, i) => `u${i},t${i}\n`).join('')}`,
      /more than 20 different texts/,
    ],
  ])('that %s is refused', async (_, text, message) => {
    const refused = joined([await tableOf(text)]);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
  });

  test('that is joined twice is refused', async () => {
    const spec = await tableOf('user,x\na,1\n');
    await expect(joined([spec, spec])).rejects.toThrow(/"x" .* is called like one of .*own-/);
  });

  test('whose date is no date is refused', async () => {
    await expect(joined([await tableOf('user,d,x\na,5,1\n', { date: 'd' })])).rejects.toThrow(UsageError);
  });
});

describe('--with', () => {
  test.each([
    ['a.csv', { path: 'a.csv' }],
    ['my,file.csv,date=as of', { path: 'my,file.csv', date: 'as of' }],
    ['a.csv,date=d,user=u=v', { path: 'a.csv', date: 'd', user: 'u=v' }],
  ])('%s names file and columns', (text, spec) => {
    expect(parseOwnTable(text)).toEqual(spec);
  });

  test.each(['', ',user=u', 'a.csv,user=', 'a.csv,user=u,user=v'])('%j is refused', (text) => {
    expect(() => parseOwnTable(text)).toThrow(UsageError);
  });
});
