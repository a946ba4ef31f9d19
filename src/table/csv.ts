import type { Cell, Table } from './table.ts';
import { cellOf } from './table.ts';

/** The table as CSV (RFC 4180, LF, UTF-8), header first, numbers in the shortest form that reads back the same, null as an empty field. */
export function toCsv(table: Table): string {
  const lines = [table.names.map(csvField).join(',')];
  for (let row = 0; row < table.rows; row++) {
    lines.push(table.columns.map((column) => csvField(cellOf(column, row))).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** CSV of plain records; the first record's keys are the header. */
export function recordsToCsv(
  names: readonly string[],
  records: readonly Readonly<Record<string, Cell>>[],
): string {
  const lines = [names.map(csvField).join(',')];
  for (const record of records) lines.push(names.map((name) => csvField(record[name])).join(','));
  return `${lines.join('\n')}\n`;
}

/**
 * One field, quoted where it must be. Text that a spreadsheet would run as a formula gets a leading apostrophe
 * (OWASP, "CSV Injection").
 */
export function csvField(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return Number.isNaN(cell) ? '' : String(cell);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
