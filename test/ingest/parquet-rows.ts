import { plainRow } from './row.ts';

/** SQL for one row of the Sparkify log, with some columns, in SQL, in place of its own. */
export function parquetRow(columns: Readonly<Record<string, string>> = {}): string {
  const own = Object.entries(plainRow).map(([name, value]) => [
    name,
    typeof value === 'number' ? `${value}` : `'${value}'`,
  ]);
  const all = Object.entries({ ...Object.fromEntries(own), ...columns });
  return `select ${all.map(([name, sql]) => `${sql} as "${name}"`).join(', ')}`;
}

/** Parquet files, as SQL for their rows: good and bad rows, and columns of types that they need not have. */
export const parquetFiles: Readonly<Record<string, string>> = {
  'values.parquet': [
    parquetRow({ sessionId: '1', length: '1::double', firstName: "'é🎵'" }),
    parquetRow({ sessionId: '2', length: '-1::double' }),
    parquetRow({ sessionId: '3', length: "'nan'::double" }),
    parquetRow({ sessionId: '4', length: "'infinity'::double" }),
    parquetRow({ sessionId: '5', length: "'-infinity'::double" }),
    parquetRow({ sessionId: '6', ts: 'null' }),
    parquetRow({ sessionId: '7', ts: '5' }),
    parquetRow({ sessionId: '8', page: "''" }),
    parquetRow({ sessionId: '9', userId: "''" }),
    parquetRow({
      sessionId: '10',
      length: '1e-7::double',
      song: "'a\"b\\'||chr(10)||chr(1)||chr(0)||chr(31)||chr(127)||chr(8232)",
    }),
    parquetRow({ sessionId: '11', length: '0.1::double', level: 'null', gender: "'null'" }),
    parquetRow({ sessionId: '12', length: '-1e-300::double' }),
    parquetRow({ sessionId: '13', length: '123456789.5::double' }),
    parquetRow({ sessionId: '14', artist: "'\ufeffX'", song: '\'{"a":1.50}\'' }),
    parquetRow({ sessionId: '14', artist: "'\ufeffX'", song: '\'{"a":1.50}\'' }),
    parquetRow({ sessionId: '15', length: '-1.50::double', song: '\'{"a":1.50,\'' }),
  ].join(' union all '),
  'no-rows.parquet': `${parquetRow()} limit 0`,
  'other-columns.parquet': `select 'x' as a, 1 as b union all select 'y', 2`,
  'widths.parquet': parquetRow({
    ...{ ts: '1538352117000::double', userId: '30::tinyint', sessionId: '29::hugeint' },
    ...{ length: '277.89016::decimal(9, 5)', itemInSession: '50::utinyint', status: '200::usmallint' },
  }),
  'bytes.parquet': [
    parquetRow({ userId: '30::ubigint', length: '277.89016::float', song: "'\\xC3\\xA9'::blob" }),
    parquetRow({ userId: '31::ubigint', length: '0.1::float', song: "'\\xFF'::blob" }),
    parquetRow({ userId: '18446744073709551615::ubigint', length: '1::float', song: "'x'::blob" }),
  ].join(' union all '),
  'decimals.parquet': [
    parquetRow({ userId: '30.50::decimal(38, 2)', level: "map {'a': 1}" }),
    parquetRow({ userId: '31.00::decimal(38, 2)', level: "map {'a': 1}" }),
    parquetRow({ userId: '31.00::decimal(38, 2)', level: 'null::map(varchar, integer)' }),
  ].join(' union all '),
  'nested.parquet': [
    parquetRow({ page: "['Home', null]", level: 'null' }),
    parquetRow({ page: "['Home', null]", level: "{'a': 1.5::double, 'b': null}" }),
  ].join(' union all '),
  'others.parquet': parquetRow({ userId: 'true', registration: "timestamp '2018-10-01 00:00:01.5'" }),
  'dates.parquet': parquetRow({ ts: "date '2018-10-01'", level: "{'a': 1.5::double, 'b': null}", page: '7' }),
  'case.parquet': parquetRow().replace('"userId"', '"USERID"'),
  'level=free/status=404/partition.parquet': parquetRow({ sessionId: "'partition'" })
    .replace(/'paid' as "level", /, '')
    .replace(/200 as "status", /, ''),
};

/** Times in every type that is one, for a definition that calls them ISO. */
export const timeFiles: Readonly<Record<string, string>> = Object.fromEntries(
  [
    [
      "timestamp '2024-02-29 10:00:00.123456'",
      "timestamp '2024-02-29 10:00:00'",
      "timestamp '2099-12-31 23:59:59.999999'",
      "timestamp '1999-12-31 23:59:59.999999'",
      "timestamp '0001-01-01 00:00:00'",
    ],
    ["timestamp_s '2024-02-29 10:00:00'"],
    ["timestamp_ms '2024-02-29 10:00:00.5'"],
    ["timestamptz '2024-02-29 10:00:00.123456+02'"],
    ["date '2024-02-29'", "date '2100-01-01'"],
    ["'2024-02-29T10:00:00+02:00'"],
    ['1709200800000'],
  ].map((times, file) => {
    const rows = times.map(
      (time, i) => `select ${10 * file + i} as u, ${time} as t, 's' as s, 'x' as a, date '2024-01-01' as r`,
    );
    return [`${file}.parquet`, rows.join(' union all ')];
  }),
);
