import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import { openDuckdb } from '../../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { InputError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import type { ColumnRoles } from '../../../src/pipeline/tables/column-roles.ts';
import { readTestTable } from '../../../src/pipeline/tables/test-table.ts';
import { readTrainingTable } from '../../../src/pipeline/tables/training-table.ts';
import { inFolder } from '../../ingest/ingested.ts';

const roles: ColumnRoles = { label: 'y', drop: [], category: [] };

/** What `use` makes of a folder with a file of the given content. */
function withFile<T>(
  name: string,
  content: string | Buffer,
  use: (engine: Engine, path: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (folder) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const engine = await openDuckdb({ workFolder: folder }, silentEffects);
    try {
      return await use(engine, path);
    } finally {
      await engine.close();
    }
  });
}

function read(content: string | Buffer, changes: Partial<ColumnRoles> = {}, name = 'table.csv') {
  return withFile(name, content, (engine, path) => readTrainingTable(engine, path, { ...roles, ...changes }));
}

describe('a table to learn from', () => {
  it('has numbers, booleans, dates and categories, missing where they are empty', async () => {
    const { examples, classes, columns } = await read(
      'y,n,flag,day,city\n1,2.5,true,1970-01-03,Zug\n0,,false,,\n1,NA,true,1970-01-01,Bern\n',
    );
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['n', 'number'],
      ['flag', 'number'],
      ['day', 'number'],
      ['city', 'category'],
    ]);
    expect(examples.matrix.columns.map((column) => [...column])).toEqual([
      [2.5, Number.NaN, Number.NaN],
      [1, 0, 1],
      [2, Number.NaN, 0],
      [1, Number.NaN, 0],
    ]);
    expect(examples.matrix.levels).toEqual([undefined, undefined, undefined, ['Bern', 'Zug']]);
    expect([...examples.labels]).toEqual([1, 0, 1]);
    expect(classes).toEqual({ positive: '1', negative: '0' });
  });

  it.each([
    ['text, by the value that is named', 'yes\nno\nno\nyes', { positive: 'yes' }, [1, 0, 0, 1]],
    ['booleans', 'true\nfalse\nfalse\ntrue', {}, [1, 0, 0, 1]],
    ['numbers, however they are written', '1.0\n0\n-0\n1', {}, [1, 0, 0, 1]],
    ['other numbers, by the value that is named', '2\n1\n1.0\n2', { positive: '2.0' }, [1, 0, 0, 1]],
  ])('takes a label of %s', async (_, values, changes, labels) => {
    const content = `y,x\n${values
      .split('\n')
      .map((value, i) => `${value},${i}\n`)
      .join('')}`;
    expect([...(await read(content, changes)).examples.labels]).toEqual(labels);
  });

  it('keeps the text of groups and of categories that look like numbers, and leaves columns out', async () => {
    const { examples, groupKeys, columns } = await read(
      'y,user,zip,id\n1,007,0800,1\n0,7,800,2\n1,007,0800,3\n',
      {
        group: 'user',
        category: ['zip'],
        drop: ['id'],
      },
    );
    expect(groupKeys).toEqual(['007', '7', '007']);
    expect([...examples.groups]).toEqual([0, 1, 0]);
    expect(columns.map(({ name }) => name)).toEqual(['zip']);
    expect(examples.matrix.levels).toEqual([['0800', '800']]);
  });

  it.each([
    ['quotes and line ends in names', '"y","a ""b"", c\nd"\n1,2\n0,3\n', ['a "b", c\nd']],
    ['CR LF, and LF in quotes', 'y,"a\nb"\r\n1,2\r\n0,3\r\n', ['a\nb']],
    ['semicolons', 'y;"a,b"\n1;2\n0;3\n', ['a,b']],
    ['tabs', 'y\ta\n1\t2\n0\t3\n', ['a']],
    ['a byte order mark', '\ufeffy,a\n1,2\n0,3\n', ['a']],
  ])('may have %s', async (_, content, names) => {
    const { examples } = await read(content);
    expect(examples.matrix.names).toEqual(names);
    expect([...examples.matrix.columns[0]]).toEqual([2, 3]);
  });

  it('may be compressed, and lie under a name that looks like a pattern', async () => {
    const { examples } = await read(gzipSync('y,a\n1,2\n0,3\n'), {}, 'ta[b]le?*.csv.gz');
    expect([...examples.matrix.columns[0]]).toEqual([2, 3]);
  });

  it('has weights that are amounts', async () => {
    const { examples, columns } = await read('y,w,x\n1,2,3\n0,0.5,4\n', { weight: 'w' });
    expect([...(examples.weights ?? [])]).toEqual([2, 0.5]);
    expect(columns.map(({ name }) => name)).toEqual(['x']);
    await expect(read('y,w,x\n1,2,3\n0,-1,4\n', { weight: 'w' })).rejects.toThrow(/weight of row 2 .* is -1/);
    await expect(read('y,w,x\n1,2,3\n0,,4\n', { weight: 'w' })).rejects.toThrow(/row 2 .* is missing/);
  });

  it('keeps the order of its rows at any number of threads', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `${i % 2},${i}`);
    const content = `y,x\n${lines.join('\n')}\n`;
    const { examples } = await withFile('table.csv', content, async (_, path) =>
      inFolder(async (workFolder) => {
        const engine = await openDuckdb({ workFolder }, { ...silentEffects, threads: 4 });
        try {
          return await readTrainingTable(engine, path, roles);
        } finally {
          await engine.close();
        }
      }),
    );
    expect(examples.matrix.columns[0].every((x, i) => x === i)).toBe(true);
  });
});

describe('what cannot be learned from is refused', () => {
  test.each([
    [
      'a label that is missing',
      'y,x\n1,2\nNaN,3\n0,4\n,5\n',
      {},
      InputError,
      /missing in 2 of the 4 rows .* first in row 2/,
    ],
    ['a label of one value', 'y,x\n1,2\n1,3\n', {}, NothingToLearnError, /"1" in every row/],
    [
      'a label of three values',
      'y,x\na,2\nb,3\nc,4\n',
      {},
      InputError,
      /3 values \("a", "b", "c"\); expected two/,
    ],
    ['two values of which none is named', 'y,x\na,2\nb,3\n', {}, UsageError, /"a" and "b".*--positive/],
    ['a positive value that is none', 'y,x\na,2\nb,3\n', { positive: 'c' }, UsageError, /--positive/],
    ['no rows', 'y,x\n', {}, NothingToLearnError, /has no rows/],
    ['nothing at all', '', {}, InputError, /is empty/],
    ['no column but the label', 'y\n1\n0\n', {}, UsageError, /no column left/],
    ['a label that is not there', 'z,x\n1,2\n', {}, UsageError, /no column "y": it has "z", "x"/],
    ['a group that is missing', 'y,g,x\n1,a,1\n0,,2\n', { group: 'g' }, InputError, /Row 2 .* has no "g"/],
    ['a group that is the label', 'y,x\n1,2\n0,3\n', { group: 'y' }, UsageError, /columns of their own/],
    ['lines of unequal length', 'y,x\n1,2\n0\n', {}, InputError, /differ in their number of fields/],
    [
      'text among numbers',
      'y,x\n1,2\n0,old\n1,4\n',
      {},
      InputError,
      /66 % .* "old" in row 2: .*--category "x"/,
    ],
    [
      'infinity among numbers',
      'y,x\n1,2\n0,inf\n1,4\n',
      {},
      InputError,
      /Row 2 of the column "x" .* is Infinity/,
    ],
    ['bytes that are no UTF-8', Buffer.from([121, 44, 120, 10, 49, 44, 0xe9, 10]), {}, InputError, /utf-8/i],
    ['a name that is too long', `y,${'n'.repeat(1001)}\n1,2\n0,3\n`, {}, InputError, /1001 characters/],
  ])('%s', async (_, content, changes, kind, message) => {
    const failed = read(content, changes);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(kind);
  });

  test('a file that is none, and an ending that says nothing', async () => {
    await expect(read('y,x\n1,2\n', {}, 'table.txt')).rejects.toThrow(/no table: expected .parquet, .csv/);
    const missing = withFile('table.csv', '', (engine, path) =>
      readTrainingTable(engine, `${path}.parquet`, roles),
    );
    await expect(missing).rejects.toThrow(/no file/);
    await expect(read('y,x\n1,2\n', {}, 'table.parquet')).rejects.toThrow(/Cannot read/);
  });
});

describe('Parquet', () => {
  const copy = (select: string, changes: Partial<ColumnRoles> = {}) =>
    withFile('unused.csv', '', async (engine, path) => {
      const file = path.replace('unused.csv', 'table.parquet');
      await engine.writeParquet(select, file);
      return readTrainingTable(engine, file, { ...roles, ...changes });
    });

  test('columns have the types that it says', async () => {
    const { examples, classes } = await copy(
      `select i % 2 = 1 as y, i::tinyint as small, i::hugeint as huge, (i / 4)::decimal(6, 2) as price,
         if(i = 2, 'nan'::double, i)::float as gap, to_timestamp(86400 * i) as at, if(i = 1, null, 'c' || i) as city
       from range(3) t(i)`,
    );
    expect(classes).toEqual({ positive: 'true', negative: 'false' });
    expect(examples.matrix.columns.map((column) => [...column])).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 0.25, 0.5],
      [0, 1, Number.NaN],
      [0, 1, 2],
      [0, Number.NaN, 1],
    ]);
  });

  test('a label that is NaN is missing, and lists are refused unless they are left out', async () => {
    await expect(copy("select 'nan'::double as y, 1 as x")).rejects.toThrow(/missing in 1 of the 1 rows/);
    const select = 'select i % 2 as y, [i] as list, i as x from range(4) t(i)';
    await expect(copy(select)).rejects.toThrow(/"list" .* is BIGINT\[\].*--drop/);
    expect((await copy(select, { drop: ['list'] })).columns).toHaveLength(1);
  });
});

describe('another table for the same model', () => {
  const needed = [
    { name: 'age', kind: 'number' },
    { name: 'zip', kind: 'category' },
  ] as const;
  const readTest = (content: string, asText: string[] = []) =>
    withFile('test.csv', content, (engine, path) => readTestTable(engine, path, needed, asText));

  test('columns are found by name, and what it has beside is told', async () => {
    const { matrix, extra, texts } = await readTest('id,zip,other,age\n01,08,x,3\n02,,y,\n', ['id']);
    expect(matrix.names).toEqual(['age', 'zip']);
    expect(matrix.columns.map((column) => [...column])).toEqual([
      [3, Number.NaN],
      [0, Number.NaN],
    ]);
    expect(matrix.levels).toEqual([undefined, ['08']]);
    expect(extra).toEqual(['other']);
    expect(texts.get('id')).toEqual(['01', '02']);
  });

  test('a column without any value may be of any type', async () => {
    const { matrix } = await readTest('age,zip\n,a\n,b\n');
    expect([...matrix.columns[0]]).toEqual([Number.NaN, Number.NaN]);
  });

  test('missing columns are named, and so is a value that is no number', async () => {
    await expect(readTest('age\n1\n')).rejects.toThrow(
      /lacks 1 of the 2 columns that the model needs: "zip"/,
    );
    await expect(readTest('age,zip\n1,a\nold,b\n')).rejects.toThrow(/Row 2 of the column "age" .* is "old"/);
    await expect(readTest('age,zip\n1,a\n', ['id'])).rejects.toThrow(UsageError);
  });
});
