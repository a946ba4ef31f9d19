import type { Dialect } from '../dialect.ts';
import { literal } from '../sql.ts';

/** Spark's SQL; the session's time zone must be UTC. */
export const sparkDialect: Dialect = {
  isoToMillis,
  dateText: (millis) => `cast(cast(timestamp_millis(${millis}) as date) as string)`,
  round,
  matches: (text, pattern) => `(${text} rlike ${literal(atTheVeryEnd(pattern))})`,
  byteLength: (text) => `octet_length(${text})`,
  quantile: (expression, share) => `percentile(${expression}, ${share})`,
  hash: (expressions) => `xxhash64(${expressions.join(', ')})`,
  clustered: (select) => select,
  record: (fields) =>
    `named_struct(${fields.map(([name, value]) => `${literal(name)}, ${value}`).join(', ')})`,
};

/** Spark's own ROUND goes by way of decimals, at several times the price; the remainder by 1 is exact. */
function round(value: string): string {
  const rest = `${value} % 1`;
  return `(${value} - ${rest} + case when ${rest} >= 0.5d then 1 when ${rest} <= -0.5d then -1 else 0 end)`;
}

/** Java's `$` also matches before a line end that is the last of the text; RE2's and JavaScript's do not. */
function atTheVeryEnd(pattern: string): string {
  return pattern.replace(/\$$/, '\\z');
}

const zone = '(Z|[+-][0-9]{2}:[0-9]{2})$';

/** The offset is taken off here: Java knows none beyond 18 hours, which ISO 8601 and JavaScript do. */
function isoToMillis(text: string): string {
  const local = `regexp_replace(${text}, '${zone}', '')`;
  const minutes = `cast(left(right(${text}, 5), 2) as bigint) * 60 + cast(right(${text}, 2) as bigint)`;
  const offset = `case when not (${text} rlike '[+-][0-9]{2}:[0-9]{2}$') then 0
    when ${text} rlike '([01][0-9]|2[0-3]):[0-5][0-9]$' then
      (${minutes}) * case when left(right(${text}, 6), 1) = '-' then -60000 else 60000 end end`;
  return `(unix_millis(try_cast(${local} as timestamp)) - ${offset})`;
}
