import { isCount } from '../ledger/columns.ts';

/** How far back a feature looks from the cutoff: so many whole days, or the whole history. */
export type Window = 1 | 3 | 7 | 14 | 30 | 'all';

export const windows: readonly Window[] = [1, 3, 7, 14, 30, 'all'];

/** One feature as of a cutoff, over the ledger's days before it. */
export interface Feature {
  readonly name: string;
  readonly theme: string;
  readonly unit: string;
  /** For a reader who knows the service, not the code. */
  readonly meaning: string;
  /** In ledger columns, with the window in brackets. */
  readonly formula: string;
  /**
   * SQL aggregate over the ledger's rows with `day` < `cutoff`, grouped by user and cutoff; null is missing. Of a feature `from` a table SQL
   * over the example's row of that table, by the table's name, and `features.cutoff`.
   */
  readonly sql: string;
  readonly from?: JoinedTable;
}

/** A table of the engine that is joined to examples by user: `w_user`, columns of doubles, and where it is dated `w_at` (epoch ms). */
export interface JoinedTable {
  readonly table: string;
  /** An example is given the latest value of each column that is dated before its cutoff; else the user's only one. */
  readonly isDated: boolean;
  readonly columns: readonly string[];
}

/**
 * SQL for the sum of a ledger column over a window, a whole number: of counts as a double, which holds it exactly and which DuckDB adds up in
 * three quarters of the time that integers take.
 */
export function total(column: string, window: Window, skip = 0): string {
  return isCount(column)
    ? `coalesce(sum(${countWithin(column, window, skip)}), 0)`
    : `cast(coalesce(sum(${within(column, window, skip)}), 0) as bigint)`;
}

/** SQL for a ratio of two integers as a double; missing where the denominator is 0. */
export function ratio(numerator: string, denominator: string, scale = 1): string {
  const scaled = scale === 1 ? '' : ` * cast(${scale} as double)`;
  return `cast(${numerator} as double) / nullif(cast(${denominator} as double), 0)${scaled}`;
}

/** `7d` or `all`, the end of a windowed feature's name. */
export function suffix(window: Window): string {
  return window === 'all' ? 'all' : `${window}d`;
}

/** The window that a feature's name ends with, in words; undefined where it has none. */
export function windowOf({ name }: Pick<Feature, 'name'>): string | undefined {
  const window = windows.find((one) => name.endsWith(`_${suffix(one)}`));
  return window === undefined ? undefined : inWords(window);
}

/** Days before the cutoff that a feature of this name looks back on; undefined where on all. A trend looks back twice as far as its name says. */
export function daysBehind(name: string): number | undefined {
  const [, trend, days] = /(_trend)?_(\d+)d$/.exec(name) ?? [];
  if (days === undefined) return undefined;
  return trend === undefined ? Number(days) : 2 * Number(days);
}

/** The window in words. */
export function inWords(window: Window): string {
  if (window === 'all') return 'since the first event';
  return window === 1 ? 'in the last day' : `in the last ${window} days`;
}

/** The number or 0: a product costs less than a case. */
function countWithin(column: string, window: Window, skip: number): string {
  const count = `cast(${column} as double)`;
  return window === 'all' ? count : `${count} * cast(${isWithin(window, skip)} as double)`;
}

function within(column: string, window: Window, skip: number): string {
  return window === 'all' ? column : `case when ${isWithin(window, skip)} then ${column} end`;
}

function isWithin(days: number, skip: number): string {
  const from = `day >= cutoff - ${days + skip}`;
  return skip === 0 ? from : `${from} and day < cutoff - ${skip}`;
}
