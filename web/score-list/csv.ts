import { reasonsOf, type Scores } from '../report/scores.ts';

/**
 * The rows as CSV after RFC 4180: a byte-order mark for spreadsheets, CRLF, a pair of columns a reason. A text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
export function toCsv(scores: Scores, rows: Int32Array): string {
  const most = rows.reduce(
    (count, row) => Math.max(count, scores.firstReason[row + 1] - scores.firstReason[row]),
    0,
  );
  const numbers = Array.from({ length: most }, (_, i) => i + 1);
  const lines = [
    ['rank', 'user', 'probability', ...numbers.flatMap((n) => [`reason_${n}`, `contribution_${n}`])],
  ];
  for (const row of rows) {
    const reasons = reasonsOf(scores, row);
    lines.push([
      numeric(scores.rank[row]),
      scores.user[row],
      numeric(scores.probability[row]),
      ...numbers.flatMap((n) => {
        const reason = reasons[n - 1];
        return reason ? [reason.text, numeric(reason.contribution)] : ['', ''];
      }),
    ]);
  }
  return `\ufeff${lines.map((cells) => cells.map(field).join(',')).join('\r\n')}\r\n`;
}

function numeric(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

function field(text: string): string {
  const safe =
    /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
