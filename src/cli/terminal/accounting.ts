import type { Accounting } from '../../ingest/accounting.ts';

/** Where the lines went, for a reader. */
export function accountingLines(accounting: Accounting, files: number): string[] {
  const { lines, bytes } = accounting;
  const kinds = ['accepted', 'anonymous', 'duplicate', 'quarantined', 'blank'] as const;
  const width = format(lines).length;
  return [
    `${format(lines)} lines in ${format(files)} file${files === 1 ? '' : 's'} (${format(bytes)} bytes):`,
    ...kinds
      .filter((kind) => accounting[kind] > 0 || kind === 'accepted' || kind === 'quarantined')
      .map((kind) => `  ${format(accounting[kind]).padStart(width)} ${kind}`),
  ];
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
