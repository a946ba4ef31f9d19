import type { Engine } from '../../engine/engine.ts';
import { literal } from '../../engine/sql.ts';
import { double } from './number.ts';

/** What models need of SQL that the engines write differently. */
export interface ModelDialect {
  /** The place of a list's first item. */
  readonly firstPlace: 0 | 1;
  /** A list of SQL expressions. */
  readonly list: (items: readonly string[]) => string;
  readonly integers: (values: readonly number[]) => string;
  readonly doubles: (values: readonly number[]) => string;
  /** Fails when a row needs its value. */
  readonly fail: (message: string) => string;
}

export const modelDialects: Readonly<Record<Engine['name'], ModelDialect>> = {
  duckdb: {
    firstPlace: 1,
    list: (items) => `[${items.join(', ')}]`,
    integers: (values) => `[${values.join(', ')}]`,
    doubles: (values) => `[${values.map(double).join(', ')}]`,
    fail: (message) => `error(${literal(message)})`,
  },
  // A text that Spark parses once for all rows: an expression a number would keep its optimiser busy for long.
  spark: {
    firstPlace: 0,
    list: (items) => `array(${items.join(', ')})`,
    integers: (values) => `cast(split('${values.join(',')}', ',') as array<int>)`,
    doubles: (values) => `cast(split('${values.join(',')}', ',') as array<double>)`,
    fail: (message) => `raise_error(${literal(message)})`,
  },
};
