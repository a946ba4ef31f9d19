import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { benchModule } from './bench.ts';

interface Question {
  readonly what: string;
  readonly who: string;
  readonly ours: string;
  readonly theirs: string;
  readonly key: readonly string[];
}
const { verifySame } = await benchModule<{
  verifySame(question: Question): Promise<Readonly<Record<string, number>>>;
}>('verify.mjs');
const { connect } = await benchModule<{
  connect(): Promise<{ rows(sql: string): Promise<unknown[]>; close(): void }>;
}>('duckdb.mjs');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Compares two relations, given as SQL, by user and cutoff. */
async function compare(ours: string, theirs: string) {
  const duckdb = await connect();
  const paths = { ours: join(folder, 'ours.parquet'), theirs: join(folder, 'theirs.parquet') };
  await duckdb.rows(`copy (${ours}) to '${paths.ours}' (format parquet)`);
  await duckdb.rows(`copy (${theirs}) to '${paths.theirs}' (format parquet)`);
  duckdb.close();
  return verifySame({ what: 'examples', who: 'The peer', ...paths, key: ['user', 'cutoff'] });
}

/** Rows of user and cutoff with one more column. */
function examples(values: readonly string[], users: readonly string[] = ['1', '2']): string {
  const rows = values.map((value, i) => `('${users[i]}', 17800, ${value})`);
  return `select * from (values ${rows.join(', ')}) as rows ("user", cutoff, x)`;
}

describe('the same work', () => {
  test('is rows of the same keys in any order with the same values', async () => {
    const ours = examples(["'a'", 'null']);
    expect(await compare(ours, `${ours} order by "user" desc`)).toEqual({
      rows: 2,
      columns: 1,
      exactColumns: 1,
      largestDifference: 0,
    });
  });

  test('may have other columns beside', async () => {
    const ours = examples(['1::double', 'null']);
    expect(await compare(ours, `select *, 7 as more from (${ours})`)).toMatchObject({ columns: 1 });
  });

  test('may have the number in another type', async () => {
    expect(await compare(examples(['3::bigint', '4']), examples(['3::double', '4']))).toMatchObject({
      rows: 2,
    });
  });

  test('may differ by 1e-9 in ratios, relatively above 1', async () => {
    const same = await compare(
      examples(['0.5::double', '3000000.5::double']),
      examples(['0.5::double + 5e-10', '3000000.5::double + 1e-3']),
    );
    expect(same).toMatchObject({ exactColumns: 0, largestDifference: expect.closeTo(5e-10, 12) });
  });

  test('has NaN where the other has NaN', async () => {
    expect(
      await compare(examples(["'nan'::double", '0.5']), examples(["'nan'::double", '0.5'])),
    ).toMatchObject({
      largestDifference: 0,
    });
  });
});

describe('other work is told by the column', () => {
  test.each([
    ['a ratio off by 1e-8', examples(['0.5::double', '2']), examples(['0.5::double + 1e-8', '2'])],
    ['a large count off by one', examples(['1e12::bigint', '2']), examples(['1e12::bigint + 1', '2'])],
    ['a whole double off by 1e-10', examples(['1::double', '2']), examples(['1::double + 1e-10', '2'])],
    ['another text', examples(["'a'", "'b'"]), examples(["'a'", "'B'"])],
    ['a value where ours is missing', examples(['null', '2.5::double']), examples(['0', '2.5::double'])],
    ['none where ours is there', examples(['0.5::double', '2.5']), examples(['null::double', '2.5'])],
    ['NaN', examples(['0.5::double', '2.5']), examples(["'nan'::double", '2.5'])],
    ['a number where ours is NaN', examples(["'nan'::double", '2.5']), examples(['0.5::double', '2.5'])],
    ['infinity', examples(['0.5::double', '2.5']), examples(["'inf'::double", '2.5'])],
  ])('%s', async (_, ours, theirs) => {
    await expect(compare(ours, theirs)).rejects.toThrow(
      /^The peer did other work than Refrain.*its examples\.parquet differs in 1 of 1 columns:\n {2}x: 1 rows/,
    );
  });

  test('a column that is not there', async () => {
    const theirs =
      'select "user", cutoff from (values (\'1\', 17800), (\'2\', 17800)) as rows ("user", cutoff)';
    await expect(compare(examples(['1', '2']), theirs)).rejects.toThrow('lacks 1 columns: x.');
  });
});

describe('other rows are told by their number', () => {
  test.each([
    ['fewer', examples(['1', '2']), examples(['1']), 'has 1 rows where Refrain’s has 2; 1 have'],
    ['more', examples(['1']), examples(['1', '2']), 'has 2 rows where Refrain’s has 1; 1 have'],
    [
      'of others',
      examples(['1', '2']),
      examples(['1', '2'], ['1', '3']),
      'has 2 rows where Refrain’s has 2; 1 have',
    ],
    [
      'doubled',
      examples(['1', '2']),
      examples(['1', '1'], ['1', '1']),
      'has 2 rows where Refrain’s has 2; 1 have',
    ],
  ])('%s', async (_, ours, theirs, message) => {
    await expect(compare(ours, theirs)).rejects.toThrow(message);
  });

  test('none at all, which would agree with anything', async () => {
    const none = `${examples(['1'])} where false`;
    await expect(compare(none, none)).rejects.toThrow('has 0 rows');
  });
});
