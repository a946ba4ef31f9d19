import type { Cell, Column, Row } from '../tables/cell.ts';
import { csvText } from './csv.ts';

/** A table with all digits of its numbers; a column of intervals becomes two, of its low and its high ends. */
export function tableCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const paired = columns.map((_, j) => rows.some((row) => typeof row[j] === 'object'));
  const heading = columns.flatMap(({ title }, j) =>
    paired[j] ? [`${title}, low`, `${title}, high`] : [title],
  );
  return csvText([heading, ...rows.map((row) => row.flatMap((cell, j) => fields(cell, paired[j])))]);
}

function fields(cell: Cell, isPaired: boolean): (string | number)[] {
  if (typeof cell === 'object') return [cell.low, cell.high];
  return isPaired ? [cell, ''] : [cell];
}
