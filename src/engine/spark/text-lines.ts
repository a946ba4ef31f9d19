import type { Selected } from './connect/projection.ts';

/**
 * Columns beside `value`, a line of a file of text: the file's URI, the first byte of the piece of the file that the line was read with, and a
 * number that rises by one from line to line of a piece.
 */
export const textPlace: readonly Selected[] = [
  { as: 'file', sql: '_metadata.file_path' },
  { as: 'block', sql: '_metadata.file_block_start' },
  { as: 'id', sql: 'monotonically_increasing_id()' },
];

/** SQL for `value` without the CR before its LF. By bytes: half a character before the CR must stay. */
export const withoutReturn = `case when endswith(value, chr(13))
  then cast(substring(cast(value as binary), 1, octet_length(value) - 1) as string) else value end`;

/** SQL for the lines of files of text as those of `LineSources.relation`; `bytes` is SQL over `value` and `line`. */
export function textLines(texts: string, bytes: string): string {
  return `select file, line, cast(${bytes} as bigint) as bytes, false as broken
    from (select file, value, ${withoutReturn} as line from (${texts}))`;
}

/**
 * SQL for the lines of files of text with `line`, their number from 1, `offset`, of their first byte, and `file_bytes`, of all lines of the file
 * with an LF each; a byte order mark is not counted.
 */
export function numberedLines(texts: string): string {
  const before = 'rows between unbounded preceding and 1 preceding';
  return `select lines.file, lines.value, pieces.lines + lines.n as line, pieces.bytes + lines.bytes as offset, file_bytes
    from (select file, block, value, row_number() over (partition by file, block order by id) as n,
        coalesce(sum(octet_length(value) + 1) over (partition by file, block order by id ${before}), 0) as bytes
      from ${texts}) as lines
    join (select file, block,
        coalesce(sum(n) over (partition by file order by block ${before}), 0) as lines,
        coalesce(sum(bytes) over (partition by file order by block ${before}), 0) as bytes,
        sum(bytes) over (partition by file) as file_bytes
      from (select file, block, count(*) as n, sum(octet_length(value) + 1) as bytes from ${texts} group by file, block)) as pieces
    on lines.file = pieces.file and lines.block = pieces.block`;
}
