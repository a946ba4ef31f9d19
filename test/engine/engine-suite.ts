import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Effects, silentEffects } from '../../src/effects.ts';
import type { Engine, LogField } from '../../src/engine/engine.ts';
import { identifier, literal } from '../../src/engine/sql.ts';
import { EngineError, InterruptedError } from '../../src/errors.ts';
import { type Cell, type Column, recordsOf, type Table } from '../../src/table/table.ts';
import { inFolder } from '../ingest/ingested.ts';

/** What every engine must do; `open` gives one that may use the folder. */
export function engineSuite(name: string, open: (folder: string, effects: Effects) => Promise<Engine>): void {
  /** Runs `use` with an engine of its own. */
  const withEngine = <T>(use: (engine: Engine, folder: string) => Promise<T>, effects = silentEffects) =>
    inFolder(async (folder) => {
      const engine = await open(folder, effects);
      try {
        return await use(engine, folder);
      } finally {
        await engine.close();
      }
    });

  describe(`the ${name} engine`, () => {
    let engine: Engine;
    let done = () => {};

    beforeAll(async () => {
      const opened = new Promise<void>((ready, failed) => {
        withEngine((one) => {
          engine = one;
          ready();
          return new Promise<void>((resolve) => {
            done = resolve;
          });
        }).catch(failed);
      });
      await opened;
    });
    afterAll(() => done());

    describe('queries', () => {
      test('give columns of their types, with nulls marked', async () => {
        const table = await engine.query(
          `select cast(a as bigint) as n, cast(b as double) as x, c, d from (values
            (9007199254740993, 0.1, true, 'é🎵'), (cast(null as bigint), null, null, null), (-7, -0.5, false, '')) as t (a, b, c, d)`,
        );
        expect(table).toEqual({
          rows: 3,
          names: ['n', 'x', 'c', 'd'],
          columns: [
            {
              type: 'int64',
              values: BigInt64Array.of(9007199254740993n, 0n, -7n),
              valid: Uint8Array.of(1, 0, 1),
            },
            { type: 'float64', values: Float64Array.of(0.1, 0, -0.5), valid: Uint8Array.of(1, 0, 1) },
            { type: 'boolean', values: Uint8Array.of(1, 0, 0), valid: Uint8Array.of(1, 0, 1) },
            { type: 'string', values: ['é🎵', '', ''], valid: Uint8Array.of(1, 0, 1) },
          ],
        });
      });

      test('without rows give empty columns', async () => {
        const table = await engine.query(`select 1 as n, 'x' as text where false`);
        expect([table.rows, table.names]).toEqual([0, ['n', 'text']]);
        expect(table.columns.map(({ values, valid }) => [values.length, valid.length])).toEqual([
          [0, 0],
          [0, 0],
        ]);
      });

      test('keep NaN and the infinities apart from null', async () => {
        const table = await engine.query(
          `select cast(x as double) as x from (values ('NaN'), ('Infinity'), ('-Infinity'), (null)) as t (x)`,
        );
        const [{ values, valid }] = table.columns;
        expect([...values].slice(0, 3)).toEqual([Number.NaN, Infinity, -Infinity]);
        expect([...valid]).toEqual([1, 1, 1, 0]);
      });

      test('come in batches that hold every row once', async () => {
        await engine.createTable('many', numbers(10_000));
        const seen: number[] = [];
        for await (const { columns } of engine.batches('select n from many where n >= 0')) {
          seen.push(...Array.from(columns[0].values, Number));
        }
        expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
        for await (const batch of engine.batches('select n from many where n < 0'))
          expect(batch.rows).toBe(0);
      });

      test('that are wrong are errors of the engine, with the SQL', async () => {
        for (const failing of [
          () => engine.query('select nothing'),
          () => engine.createTableAs('x', 'selekt 1 as n'),
        ]) {
          const error: unknown = await failing().catch((cause) => cause);
          expect(error).toBeInstanceOf(EngineError);
          expect(error).toMatchObject({
            exitCode: 5,
            details: { sql: expect.stringMatching(/select nothing|selekt 1/) },
          });
        }
        expect((await engine.query('select 1 as n')).rows).toBe(1);
      });
    });

    describe('tables', () => {
      const table: Table = {
        rows: 3,
        names: ['Select', 'a "b"', 'yes', 'text'],
        columns: [
          {
            type: 'int64',
            values: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n),
            valid: Uint8Array.of(1, 1, 0),
          },
          {
            type: 'float64',
            values: Float64Array.of(5e-324, Number.NaN, 1 / 3),
            valid: Uint8Array.of(1, 1, 1),
          },
          { type: 'boolean', values: Uint8Array.of(1, 0, 0), valid: Uint8Array.of(1, 1, 0) },
          { type: 'string', values: [`'"\\\n\u0000`, '', '\ufeff👩‍👩‍👧'], valid: Uint8Array.of(1, 0, 1) },
        ],
      };

      test('made from memory give back what they were made of', async () => {
        await engine.createTable('a_table', table);
        const ordered = `select * from a_table order by ${identifier('yes')} desc nulls last`;
        expect(await engine.query(ordered)).toEqual(table);
      });

      test('without rows can be made and read', async () => {
        await engine.createTable('empty', numbers(0));
        expect(await engine.query('select * from empty')).toEqual(numbers(0));
      });

      test('live until they are dropped', async () => {
        await engine.createTableAs('t1', 'select 1 as n');
        await engine.createView('v1', 'select n + 1 as n from t1');
        expect(await records('select * from v1')).toEqual([{ n: 2 }]);
        await engine.createTableAs('t1', 'select 2 as n');
        expect(await records('select * from v1')).toEqual([{ n: 3 }]);
        await engine.drop('v1');
        await engine.drop('t1');
        await expect(engine.query('select * from t1')).rejects.toThrow(EngineError);
      });

      test('that are transient take the place of others of their name, and are dropped as they are', async () => {
        await engine.createTableAs('t2', 'select 1 as n');
        await engine.drop('t2');
        await engine.createTransientAs('t2', 'select 2 as n');
        await engine.createTransientAs('t2', 'select 3 as n');
        expect(await records('select * from t2')).toEqual([{ n: 3 }]);
        await engine.drop('t2');
        await expect(engine.query('select * from t2')).rejects.toThrow(EngineError);
      });

      test('go to Parquet and come back as lines of JSON with their number', () =>
        inFolder(async (folder) => {
          const path = join(folder, `it's [a] "file".parquet`);
          await engine.writeParquet(
            `select 'é"\\n' as a, cast(7 as bigint) as b, cast(null as double) as c`,
            path,
          );
          const input = { path, format: 'parquet' } as const;
          expect(await engine.countRows([input])).toEqual([1]);
          const relation = await engine.lines([input], fieldsOf(['a', 'b', 'absent']));
          const [{ line, file }] = await records(relation.sql);
          expect(relation.pathOf(String(file))).toBe(path);
          expect(JSON.parse(String(line))).toEqual({
            __line: 1,
            a: expect.stringContaining('é"'),
            b: 7,
            absent: null,
          });
        }));
    });

    describe('texts in SQL', () => {
      test('come through as they are', async () => {
        const text = fc.string({
          unit: fc.constantFrom(
            "'",
            '"',
            '\\',
            '\n',
            '\r',
            '%',
            '$',
            '{',
            '}',
            'a',
            'é',
            '🎵',
            '--',
            '/*',
            ';',
          ),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
            const columns = texts.map((one, i) => `${literal(one)} as t${i}`);
            expect(Object.values((await records(`select ${columns.join(', ')}`))[0])).toEqual(texts);
          }),
          { numRuns: 30, seed: 1 },
        );
      });

      test('name columns as they are', async () => {
        const name = `a "b" 'c' \\ é; --`;
        expect((await engine.query(`select 1 as ${identifier(name)}`)).names).toEqual([name]);
      });
    });

    describe('the dialect', () => {
      test.each([
        ['2024-02-29', Date.UTC(2024, 1, 29)],
        ['2024-02-29T10:00', Date.UTC(2024, 1, 29, 10)],
        ['2024-02-29 10:00:01', Date.UTC(2024, 1, 29, 10, 0, 1)],
        ['2024-02-29T10:00:01.5Z', Date.UTC(2024, 1, 29, 10, 0, 1, 500)],
        ['2024-02-29T10:00:01.123456Z', Date.UTC(2024, 1, 29, 10, 0, 1, 123)],
        ['2024-02-29T10:00:00+02:00', Date.UTC(2024, 1, 29, 8)],
        ['2024-02-29T10:00:00.25-05:30', Date.UTC(2024, 1, 29, 15, 30, 0, 250)],
        ['2024-03-01T00:30+01:00', Date.UTC(2024, 1, 29, 23, 30)],
        ['2024-02-30', null],
        ['2024-02-29T10:00:00+99:00', null],
        ['2024-02-29T25:00:00', null],
        ['soon', null],
        ['', null],
      ])('reads %s', async (text, millis) => {
        const sql = engine.dialect.isoToMillis('t');
        expect(await records(`select ${sql} as ms from (select ${literal(text)} as t) as x`)).toEqual([
          { ms: millis },
        ]);
      });

      test('writes dates in UTC', async () => {
        const sql = engine.dialect.dateText('t');
        const times = [0, Date.UTC(2018, 9, 1) - 1, Date.UTC(2018, 9, 1), Date.UTC(2099, 11, 31, 23, 59)];
        const rows = await records(
          `select ${sql} as d from (values ${times.map((time) => `(cast(${time} as bigint))`).join(', ')}) as x (t) order by t`,
        );
        expect(rows.map(({ d }) => d)).toEqual(['1970-01-01', '2018-09-30', '2018-10-01', '2099-12-31']);
      });

      test('rounds halves away from zero, and nothing just below them', async () => {
        const halves = [0.5, -0.5, 2.5, -2.5, 0.49999999999999994, 2251799813685249.5, 1e300, -7.4, 0];
        const values = halves.map((x) => `(cast('${x}' as double))`).join(', ');
        const rows = await records(
          `select ${engine.dialect.round('(x + x - x)')} as y from (values ${values}) as t (x) order by x`,
        );
        expect(rows.map(({ y }) => Number(y))).toEqual([-7, -3, -1, 0, 0, 1, 3, 2251799813685250, 1e300]);
      });

      test('matches patterns, counts bytes, takes quantiles, hashes', async () => {
        const { dialect } = engine;
        const [row] = await records(
          `select ${dialect.matches("'a\\\\b'", '^a')} as yes, ${dialect.matches("'ab'", '^b')} as no,
            ${dialect.byteLength("'é🎵'")} as bytes`,
        );
        expect(row).toEqual({ yes: true, no: false, bytes: 6 });
        const values = '(values (1), (2), (3), (10)) as t (x)';
        expect(
          await records(`select cast(${dialect.quantile('x', 0.5)} as double) as q from ${values}`),
        ).toEqual([{ q: 2.5 }]);
        const hashes = await records(
          `select count(distinct ${dialect.hash(['a', 'b'])}) as n from (values ('x', 1), ('x', 1), ('x', 2), ('y', 1), (null, 1)) as t (a, b)`,
        );
        expect(hashes).toEqual([{ n: 4 }]);
      });

      test('puts rows near each other and loses none', async () => {
        const rows = `select a, b from (values (2, 'x'), (1, null), (2, 'x'), (null, 'y')) as t (a, b)`;
        await engine.createTransientAs('near', engine.dialect.clustered(rows, ['a']));
        expect(await records('select a, b, count(*) as n from near group by a, b order by a')).toEqual(
          await records(`select a, b, count(*) as n from (${rows}) as r group by a, b order by a`),
        );
        expect(await records('select count(*) as n from near')).toEqual([{ n: 4 }]);
        await engine.drop('near');
      });

      test('takes the greatest record by its first value, then by its second', async () => {
        const pair = engine.dialect.record([
          ['at', 'a'],
          ['name', 'b'],
        ]);
        const latest = `select g, (max(case when b is not null then ${pair} end)).name as latest from
          (values (1, 9, 'z'), (1, 10, 'a'), (1, 10, 'b'), (1, 11, null), (2, 1, null)) as t (g, a, b) group by g order by g`;
        expect(await records(latest)).toEqual([
          { g: 1, latest: 'b' },
          { g: 2, latest: null },
        ]);
      });
    });

    describe('lines of JSON', () => {
      const fields: readonly LogField[] = [
        { name: 'user', key: 'u', type: 'id' },
        { name: 'text', key: 't', type: 'text' },
        { name: 'number', key: 'n', type: 'number' },
        { name: 'quoted', key: 'q', type: 'number', quoted: true },
      ];

      const read = (files: Readonly<Record<string, string | Uint8Array>>, more = fields) =>
        inFolder(async (folder) => {
          const paths = Object.keys(files).map((file) => join(folder, file));
          for (const [i, content] of Object.values(files).entries()) await writeFile(paths[i], content);
          const relation = await engine.lines(
            paths.map((path) => ({ path, format: 'json' })),
            more,
          );
          const rows = await records(relation.sql);
          const rejected = new Map(await relation.rejected());
          for (const { file, broken } of rows) {
            const path = relation.pathOf(String(file));
            if (broken) rejected.set(path, (rejected.get(path) ?? 0) + 1);
          }
          const local = (path: string) => path.slice(folder.length + 1);
          return {
            rows: rows
              .filter(({ broken }) => !broken)
              .map(
                (row): Record<string, Cell> => ({ ...row, file: local(relation.pathOf(String(row.file))) }),
              ),
            rejected: [...rejected].map(([path, lines]) => [local(path), lines]),
          };
        });

      test('come with their file, their text and their fields', async () => {
        const line = '{"u":"a","t":"x\\ny","n":1.5,"q":"2"}';
        const { rows, rejected } = await read({
          'a.json': `${line}\n\n`,
          'b.json.gz': gzipSync('{"u":7,"q":2.5}'),
        });
        expect(rows).toHaveLength(3);
        expect(rows).toContainEqual({
          file: 'a.json',
          line,
          bytes: line.length,
          plain: true,
          broken: false,
          user: 'a',
          text: 'x\ny',
          number: 1.5,
          quoted: 2,
        });
        expect(rows).toContainEqual({
          file: 'b.json.gz',
          line: '{"u":7,"q":2.5}',
          bytes: 15,
          plain: true,
          broken: false,
          user: '7',
          text: null,
          number: null,
          quoted: 2.5,
        });
        expect(rows).toContainEqual(
          expect.objectContaining({ file: 'a.json', line: null, bytes: 0, plain: false }),
        );
        expect(rejected).toEqual([]);
      });

      test('are vouched for only where nothing is doubtful', async () => {
        const doubtful = [
          'hello',
          '[]',
          'null',
          '{"u":"a",}',
          '{"u":"a"} x',
          '{"u":"a"}{"u":"b"}',
          '{"u":"a","u":"b"}',
          '{"u":"a","x":NaN}',
          '{"u":"a","x":Infinity}',
          '{"u":"a","x":1e400}',
          '{"u":"a","n":NaN}',
          '{"u":"a","n":1e400}',
          '{"u":"a","n":"1"}',
          '{"u":"a","n":true}',
          '{"u":"a","n":{}}',
          '{"u":"a","t":1}',
          '{"u":"a","t":[]}',
          '{"u":"a","t":true}',
          '{"u":1.5}',
          '{"u":true}',
          '{"u":{}}',
          '{"u":"a","q":"x"}',
          '{"u":"a","q":" 1"}',
          '{"u":"a","q":"1e400"}',
          '{"u":"a","t":"\\ud800"}',
        ];
        const plain = (i: number) => `{"u":"a${i}","t":"x","n":1,"q":1,"x":1}`;
        const { rows } = await read({
          'a.json': doubtful.map((line, i) => `${plain(i)}\n${line}\n`).join(''),
        });
        const vouched = rows.filter((row) => row.plain).map(({ line }) => line);
        expect(vouched.sort()).toEqual(doubtful.map((_, i) => plain(i)).sort());
        expect(rows.map(({ line }) => line)).toEqual(expect.arrayContaining(doubtful));
      });

      test('that cannot be read as text are counted for their file', async () => {
        const { rows, rejected } = await read({
          'a.json': Buffer.concat([
            Buffer.from('{"u":"a"}\n{"u":"'),
            Buffer.of(0xff),
            Buffer.from('"}\n{"u":"b"}\n'),
          ]),
          'b.json': '{"u":"c"}\n',
        });
        expect(rows.map(({ user }) => user).sort()).toEqual(['a', 'b', 'c']);
        expect(rejected).toEqual([['a.json', 1]]);
      });

      test('may have any keys', async () => {
        const keys = [`it's`, 'a"b', 'back\\slash', 'ümlaut 🎵', 'a.b[0]', '$', '/~', 'select'];
        const line = JSON.stringify(Object.fromEntries(keys.map((key, i) => [key, `v${i}`])));
        const { rows } = await read({ 'a.json': line }, fieldsOf(keys));
        expect(rows).toMatchObject([
          { plain: true, ...Object.fromEntries(keys.map((_, i) => [`f${i}`, `v${i}`])) },
        ]);
      });
    });

    describe('an abort', () => {
      test('stops what runs, and what comes after', async () => {
        const controller = new AbortController();
        await withEngine(
          async (one) => {
            // Seconds of work, not hours: Spark may begin a job that it was told to stop between two, and others wait for its cores.
            await one.createTable('many', numbers(1500));
            const long = one.query(
              'select count(*) as n from many a, many b, many c where a.n + b.n + c.n = -1',
            );
            setTimeout(() => controller.abort(), 50);
            await expect(long).rejects.toThrow(InterruptedError);
            await expect(one.query('select 1 as n')).rejects.toThrow(InterruptedError);
            await expect(one.createTableAs('t', 'select 1 as n')).rejects.toThrow(InterruptedError);
          },
          { ...silentEffects, signal: controller.signal },
        );
      });
    });

    const records = async (sql: string) => recordsOf(await engine.query(sql));
  });
}

/** A table of one column `n`: 0 … rows − 1. */
function numbers(rows: number): Table {
  const values = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i));
  const column: Column = { type: 'int64', values, valid: new Uint8Array(rows).fill(1) };
  return { rows, names: ['n'], columns: [column] };
}

function fieldsOf(keys: readonly string[]): LogField[] {
  return keys.map((key, i) => ({ name: `f${i}`, key, type: 'text' }));
}
