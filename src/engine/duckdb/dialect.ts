import type { Dialect } from '../dialect.ts';
import { identifier, literal } from '../sql.ts';

export const duckdbDialect: Dialect = {
  isoToMillis,
  dateText: (millis) => `strftime(make_timestamp(${millis} * 1000), '%Y-%m-%d')`,
  round: (value) => `round(${value})`,
  matches: (text, pattern) => `regexp_matches(${text}, ${literal(pattern)})`,
  byteLength: (text) => `strlen(${text})`,
  quantile: (expression, share) => `quantile_cont(${expression}, ${share})`,
  hash: (expressions) => `hash(${expressions.join(', ')})`,
  clustered: (select, columns) => `${select} order by ${columns.map(identifier).join(', ')}`,
  record: (fields) =>
    `struct_pack(${fields.map(([name, value]) => `${identifier(name)} := ${value}`).join(', ')})`,
};

const zone = '(Z|[+-][0-9]{2}:[0-9]{2})$';

/** DuckDB's own cast passes over the offset of a time, and does not know hours and minutes alone. */
function isoToMillis(text: string): string {
  const local = `regexp_replace(${text}, '${zone}', '')`;
  const clock = `case when strlen(${local}) = 16 then ${local} || ':00' else ${local} end`;
  const minutes = `try_cast(left(right(${text}, 5), 2) as bigint) * 60 + try_cast(right(${text}, 2) as bigint)`;
  const offset = `case when not regexp_matches(${text}, '[+-][0-9]{2}:[0-9]{2}$') then 0
    when regexp_matches(${text}, '([01][0-9]|2[0-3]):[0-5][0-9]$') then
      (${minutes}) * case when left(right(${text}, 6), 1) = '-' then -60000 else 60000 end end`;
  return `(epoch_ms(try_cast(${clock} as timestamp)) - ${offset})`;
}
