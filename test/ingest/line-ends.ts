import { row } from './row.ts';

/** Three rows that differ. */
export const a = row({ itemInSession: 1 });
export const b = row({ itemInSession: 2 });
export const c = row({ itemInSession: 3 });
export const byteOrderMark = '\ufeff';

/** Files of good rows with their line ends, and what becomes of their lines. */
export const cleanEnds: readonly (readonly [
  what: string,
  text: string,
  counts: { lines: number; accepted: number; blank?: number },
])[] = [
  ['LF', `${a}\n${b}\n${c}\n`, { lines: 3, accepted: 3 }],
  ['CRLF', `${a}\r\n${b}\r\n${c}\r\n`, { lines: 3, accepted: 3 }],
  ['LF and CRLF mixed', `${a}\n${b}\r\n${c}\n`, { lines: 3, accepted: 3 }],
  ['no end of the last line', `${a}\n${b}\n${c}`, { lines: 3, accepted: 3 }],
  ['CRLF and no end of the last line', `${a}\r\n${b}\r\n${c}`, { lines: 3, accepted: 3 }],
  ['CR at the end of the file', `${a}\r\n${b}\r\n${c}\r`, { lines: 3, accepted: 3 }],
  ['two CR before LF', `${a}\r\r\n${b}\n`, { lines: 2, accepted: 2 }],
  ['one line', a, { lines: 1, accepted: 1 }],
  ['blank lines between', `\n${a}\n\n\n${b}\n\n`, { lines: 6, accepted: 2, blank: 4 }],
  ['blank lines between CRLF', `\r\n${a}\r\n\r\n${b}\r\n`, { lines: 4, accepted: 2, blank: 2 }],
  ['white space between', `${a}\n \t \n${b}\n  `, { lines: 4, accepted: 2, blank: 2 }],
  ['a line of CR alone', `${a}\n\r\r\n${b}\n`, { lines: 3, accepted: 2, blank: 1 }],
  ['CR as white space inside a row', `${a}\n${b.replace(',', '\r,\r')}\n`, { lines: 2, accepted: 2 }],
  ['a byte order mark', `${byteOrderMark}${a}\n${b}\n`, { lines: 2, accepted: 2 }],
  ['a byte order mark and CRLF', `${byteOrderMark}${a}\r\n${b}\r\n`, { lines: 2, accepted: 2 }],
  ['a byte order mark and mixed ends', `${byteOrderMark}${a}\r\n${b}\n`, { lines: 2, accepted: 2 }],
  ['a byte order mark and a blank line', `${byteOrderMark}\n${a}\n`, { lines: 2, accepted: 1, blank: 1 }],
  [
    'separators of Unicode, which end no line',
    `${row({ song: 'x\u2028\u2029\u0085y' })}\n${b}\n`,
    { lines: 2, accepted: 2 },
  ],
  ['a form feed in a string, as an escape', `${row({ song: 'x\fy\vz' })}\n${b}\n`, { lines: 2, accepted: 2 }],
];
