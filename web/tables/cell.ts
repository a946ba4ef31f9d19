import type { ReportInterval } from '../../src/report/report-data.ts';
import { formatRange } from '../words/number.ts';

/** Text stands as it is, a number by the format of its column, an interval by its two ends in that format. */
export type Cell = string | number | ReportInterval;

export type Row = readonly Cell[];

export interface Column {
  readonly title: string;
  /** How a number is shown; a column of text has none. */
  readonly format?: (value: number) => string;
}

export function isNumeric({ format }: Column): boolean {
  return format !== undefined;
}

export function shown(cell: Cell, { format = String }: Column): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' ? format(cell) : formatRange(cell, format);
}
