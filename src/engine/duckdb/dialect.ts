import type { Dialect } from '../dialect.ts';
import { literal } from '../sql.ts';

export const duckdbDialect: Dialect = {
  isoToMillis: (text) => `epoch_ms(try_cast(${text} as timestamp))`,
  dateText: (millis) => `strftime(make_timestamp(${millis} * 1000), '%Y-%m-%d')`,
  matches: (text, pattern) => `regexp_matches(${text}, ${literal(pattern)})`,
  byteLength: (text) => `strlen(${text})`,
  quantile: (expression, share) => `quantile_cont(${expression}, ${share})`,
  hash: (expressions) => `hash(${expressions.join(', ')})`,
};
