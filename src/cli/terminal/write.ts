import type { Cell } from '../../table/table.ts';

export function writeOut(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Notes for the reader go to stderr, so that results stay clean. */
export function writeNotes(notes: readonly string[]): void {
  for (const note of notes) process.stderr.write(`Note: ${note}\n`);
}

/** Records as aligned columns, numbers to the right; the first record's keys are the header. */
export function alignedTable(records: readonly Readonly<Record<string, Cell>>[]): string {
  if (records.length === 0) return '';
  const names = Object.keys(records[0]);
  const rows = [names, ...records.map((record) => names.map((name) => String(record[name] ?? '')))];
  const widths = names.map((_, j) => Math.max(...rows.map((row) => [...row[j]].length)));
  const isNumber = names.map((name) =>
    records.every((record) => typeof record[name] !== 'string' || /^[\d.,%–… []/.test(record[name])),
  );
  return rows
    .map((row) =>
      row
        .map((cell, j) => (isNumber[j] ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
