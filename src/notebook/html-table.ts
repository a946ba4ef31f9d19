import type { Cell } from '../table/table.ts';
import { type Displayed, displayed } from './display.ts';
import { escapeMarkup } from './markup.ts';

export interface HtmlTableOptions {
  readonly caption?: string;
  /** Digits behind the point of numbers that are not whole. */
  readonly digits?: number;
}

/** Records as an HTML table that a notebook shows, numbers to the right; the first record's keys are the header. */
export function htmlTable(
  records: readonly Readonly<Record<string, Cell>>[],
  { caption, digits = 3 }: HtmlTableOptions = {},
): Displayed {
  const names = Object.keys(records[0] ?? {});
  const rows = records.map((record) => names.map((name) => written(record[name], digits)));
  const isNumber = names.map((name) => records.every((record) => typeof record[name] !== 'string'));
  const line = (tag: 'th' | 'td', cells: readonly string[]) =>
    `<tr>${cells.map((cell, j) => `<${tag} style="text-align:${isNumber[j] ? 'right' : 'left'}">${escapeMarkup(cell)}</${tag}>`).join('')}</tr>`;
  const html = [
    '<table>',
    ...(caption === undefined ? [] : [`<caption>${escapeMarkup(caption)}</caption>`]),
    `<thead>${line('th', names)}</thead>`,
    `<tbody>${rows.map((cells) => line('td', cells)).join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
  const plain = [names, ...rows].map((cells) => cells.join('\t')).join('\n');
  return displayed({ 'text/html': html, 'text/plain': plain });
}

function written(cell: Cell | undefined, digits: number): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'number') return String(cell);
  if (Number.isInteger(cell)) return cell.toLocaleString('en-US');
  return Number.isNaN(cell) ? '–' : cell.toFixed(digits);
}
