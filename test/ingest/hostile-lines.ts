import { plainRow, row, rowWith } from './row.ts';

/** Columns that a row may lack, with their names in the table `log`. */
const optional = [
  ['level', 'plan'],
  ['itemInSession', 'sequence'],
  ['location', 'location'],
  ['userAgent', 'agent'],
  ['registration', 'registered'],
  ['gender', 'gender'],
  ['artist', 'creator'],
  ['song', 'item'],
  ['length', 'duration'],
  ['auth', 'dimension_0'],
  ['status', 'dimension_1'],
  ['method', 'dimension_2'],
] as const;

/** Lines that are bad, each with its reason. */
export const badLines: readonly (readonly [what: string, reason: string, line: string | Buffer])[] = [
  ['plain text', 'not_json', 'hello'],
  ['a row cut short', 'not_json', row().slice(0, 200)],
  ['a row without its first byte', 'not_json', row().slice(1)],
  ['two objects', 'not_json', row() + row()],
  ['an object and a word', 'not_json', `${row()} x`],
  ['an object and a comma', 'not_json', `${row()},`],
  ['a trailing comma', 'not_json', `${row().slice(0, -1)},}`],
  ['a trailing comma and white space', 'not_json', `${row().slice(0, -1)},\t }`],
  ['a trailing comma in a nested value', 'not_json', rowWith('firstName', '{"a":[1,]}')],
  ['a leading comma', 'not_json', `{,${row().slice(1)}`],
  ['single quotes', 'not_json', row().replaceAll('"', "'")],
  ['a key without quotes', 'not_json', row().replace('"ts"', 'ts')],
  ['a comment', 'not_json', row().replace('{', '{/* x */')],
  ['NaN in a declared column', 'not_json', rowWith('length', 'NaN')],
  ['NaN in another column', 'not_json', rowWith('firstName', 'NaN')],
  ['-NaN in another column', 'not_json', rowWith('firstName', '-NaN')],
  ['Infinity in a declared column', 'not_json', rowWith('length', 'Infinity')],
  ['Infinity in another column', 'not_json', rowWith('firstName', 'Infinity')],
  ['-Infinity in another column', 'not_json', rowWith('firstName', '-Infinity')],
  ['NaN in a column named like another but for its case', 'not_json', rowWith('TS', 'NaN')],
  ['a byte order mark', 'not_json', `\ufeff${row()}`],
  ['a byte order mark and a bad value', 'not_json', `\ufeffhello`],
  ['inf in a nested value', 'not_json', rowWith('firstName', '{"a":[1,inf]}')],
  ['a number with a leading zero', 'not_json', rowWith('length', '0277.5')],
  ['a number with a plus', 'not_json', rowWith('length', '+277.5')],
  ['a number that ends with its point', 'not_json', rowWith('length', '277.')],
  ['a number that begins with its point', 'not_json', rowWith('length', '.5')],
  ['a hexadecimal number', 'not_json', rowWith('length', '0x10')],
  ['True', 'not_json', rowWith('firstName', 'True')],
  ['None', 'not_json', rowWith('firstName', 'None')],
  ['a tab inside a string', 'not_json', rowWith('song', '"a\tb"')],
  ['a control character inside a string', 'not_json', rowWith('song', '"a\u0001b"')],
  ['a control character inside another string', 'not_json', rowWith('firstName', '"a\u0002b"')],
  ['a NUL inside a string', 'not_json', rowWith('song', '"a\u0000b"')],
  ['a NUL after the object', 'not_json', `${row()}\u0000`],
  ['nothing but NULs', 'not_json', '\u0000\u0000\u0000'],
  ['an unknown escape', 'not_json', rowWith('song', '"a\\xb"')],
  ['half a Unicode escape', 'not_json', rowWith('song', '"a\\u00"')],
  ['an array of rows', 'not_an_object', `[${row()},${row()}]`],
  ['an empty array', 'not_an_object', '[]'],
  ['a string', 'not_an_object', '"NextSong"'],
  ['a number', 'not_an_object', '17'],
  ['null', 'not_an_object', 'null'],
  ['an empty object', 'missing:userId', '{}'],
  ['no user', 'missing:userId', row({ userId: undefined })],
  ['a null user', 'missing:userId', row({ userId: null })],
  ['no time', 'missing:ts', row({ ts: undefined })],
  ['a null time', 'missing:ts', row({ ts: null })],
  ['no session', 'missing:sessionId', row({ sessionId: undefined })],
  ['a null session', 'missing:sessionId', row({ sessionId: null })],
  ['no page', 'missing:page', row({ page: undefined })],
  ['a null page', 'missing:page', row({ page: null })],
  ['a key in other letters', 'missing:userId', row().replace('"userId"', '"USERID"')],
  ['an empty page', 'empty:page', row({ page: '' })],
  ['a page that is a number', 'wrong_type:page', row({ page: 7 })],
  ['a page that is an object', 'wrong_type:page', row({ page: { name: 'NextSong' } })],
  ['a page that is true', 'wrong_type:page', row({ page: true })],
  ['a user that is an array', 'wrong_type:userId', row({ userId: ['30'] })],
  ['a user that is a fraction', 'wrong_type:userId', row({ userId: 30.5 })],
  ['a user that is true', 'wrong_type:userId', row({ userId: true })],
  ['a user too big for a double', 'wrong_type:userId', rowWith('userId', '9007199254740993')],
  ['a session that is a fraction', 'wrong_type:sessionId', row({ sessionId: 0.5 })],
  ['a session that is an object', 'wrong_type:sessionId', row({ sessionId: {} })],
  ['a time in quotes', 'wrong_type:ts', row({ ts: '1538352117000' })],
  ['a time with a fraction', 'wrong_type:ts', rowWith('ts', '1538352117000.5')],
  ['a time that is false', 'wrong_type:ts', row({ ts: false })],
  ['a time of zero', 'out_of_range:ts', row({ ts: 0 })],
  ['a negative time', 'out_of_range:ts', row({ ts: -1538352117000 })],
  ['a time in seconds', 'out_of_range:ts', row({ ts: 1538352117 })],
  ['the millisecond before the range', 'out_of_range:ts', row({ ts: Date.UTC(2000, 0, 1) - 1 })],
  ['the end of the range', 'out_of_range:ts', row({ ts: Date.UTC(2100, 0, 1) })],
  ['a registration out of range', 'out_of_range:registration', row({ registration: 1 })],
  ['a registration in quotes', 'wrong_type:registration', row({ registration: '1538173362000' })],
  ['a length in quotes', 'wrong_type:length', row({ length: '277.89016' })],
  ['a length that is an object', 'wrong_type:length', row({ length: { seconds: 277 } })],
  ['a length that is true', 'wrong_type:length', row({ length: true })],
  ['a negative length', 'negative:length', row({ length: -0.00001 })],
  ['a length beyond what adds exactly', 'out_of_range:length', rowWith('length', '1e12')],
  ['1e400 in a declared column', 'number_overflow', rowWith('length', '1e400')],
  ['1e400 in another column', 'number_overflow', rowWith('firstName', '1e400')],
  ['-1e400 in a nested value', 'number_overflow', rowWith('firstName', '[{"a":-1e400}]')],
  ['a fraction of a position', 'wrong_type:itemInSession', row({ itemInSession: 1.5 })],
  ['a position in quotes', 'wrong_type:itemInSession', row({ itemInSession: '1' })],
  ['a level that is a number', 'wrong_type:level', row({ level: 1 })],
  ['a level that is an array', 'wrong_type:level', row({ level: ['paid'] })],
  ['an auth that is an object', 'wrong_type:auth', row({ auth: {} })],
  ['a status that is a fraction', 'wrong_type:status', row({ status: 200.5 })],
  ['a key twice', 'duplicate_key', `{"ts":1538352117001,${row().slice(1)}`],
  ['a key twice, with one value', 'duplicate_key', `{"userId":"30",${row().slice(1)}`],
  ['a key twice, once as an escape', 'duplicate_key', `{"\\u0074s":1538352117000,${row().slice(1)}`],
  ['another key twice', 'duplicate_key', `{"firstName":"X",${row().slice(1)}`],
  ['an unknown key twice', 'duplicate_key', `{"x":1,"x":1,${row().slice(1)}`],
  ['an empty key twice', 'duplicate_key', `{"":1,"":2,${row().slice(1)}`],
  ['half of a surrogate pair', 'bad_unicode', rowWith('song', '"a\\ud800b"')],
  ['the other half of a surrogate pair', 'bad_unicode', rowWith('song', '"\\udc00"')],
  ['surrogates in the wrong order', 'bad_unicode', rowWith('firstName', '"\\udc00\\ud800"')],
  ['half of a surrogate pair in a key', 'bad_unicode', `{"\\ud800":1,${row().slice(1)}`],
  ['bytes that are no UTF-8', 'not_utf8', bytes(rowWith('song', '"a\u00ffb"'))],
  ['bytes that are no UTF-8 in another column', 'not_utf8', bytes(rowWith('firstName', '"\u00e9"'))],
  ['an overlong slash', 'not_utf8', bytes(rowWith('song', '"\u00c0\u00af"'))],
  ['a surrogate in UTF-8', 'not_utf8', bytes(rowWith('song', '"\u00ed\u00a0\u0080"'))],
  ['four bytes cut to three', 'not_utf8', bytes(rowWith('song', '"\u00f0\u009f\u0098"'))],
];

/** Lines that are good, each with what it changes in `plainEvent`. */
export const goodLines: readonly (readonly [
  what: string,
  line: string,
  change: Record<string, string | number | null>,
])[] = [
  [
    'a whole number written with a point',
    rowWith('registration', '1540919166796.0'),
    { registered: 1540919166796 },
  ],
  ['a time written with an exponent', rowWith('ts', '1.538352117e12'), { time: 1538352117000 }],
  ['a session written with a point', rowWith('sessionId', '29.0'), {}],
  ['a session in quotes', row({ sessionId: 'a-29' }), { session: 'a-29' }],
  ['a user that is a number', row({ userId: 30 }), {}],
  ['a user that is a negative number', row({ userId: -30 }), { user: '-30' }],
  ['the greatest whole number of a double', row({ userId: 2 ** 53 - 1 }), { user: '9007199254740991' }],
  ['a page that no role knows', row({ page: 'Dance' }), { action: 'Dance' }],
  ['a page of white space', row({ page: ' ' }), { action: ' ' }],
  ['an unknown plan', row({ level: 'family' }), { plan: 'family' }],
  ['an unknown auth', row({ auth: 'Cancelled' }), { dimension_0: 'Cancelled' }],
  ['a length of zero', row({ length: 0 }), { duration: 0 }],
  ['a length of minus zero', rowWith('length', '-0.0'), { duration: 0 }],
  ['a tiny length', rowWith('length', '1e-300'), { duration: 0 }],
  ['a length that halves a unit', row({ length: 0.000005 }), { duration: 1 }],
  ['null in each optional column', row(nulls()), nullEvent()],
  ['no optional column', row(undefineds()), nullEvent()],
  ['another column that is nested', row({ firstName: { a: [1, { b: '}' }] } }), {}],
  ['another column that is true', row({ firstName: true }), {}],
  ['an unknown column', row({ device: 'x' }), {}],
  ['an unknown column with an empty name', row({ '': 1 }), {}],
  ['an unknown column named like a prototype', row({ constructor: 'x', toString: 'y' }), {}],
  ['__proto__ as a column', `{"__proto__":{"userId":"31"},${row().slice(1)}`, {}],
  ['an unknown column named like another but for its case', row({ TS: 'x', USERID: null }), {}],
  ['keys in another order', reversed(row()), {}],
  ['a key with quotes and backslashes', row({ 'a"b\\c\n': '"\\' }), {}],
  ['a declared key written as an escape', row().replace('"ts"', '"\\u0074s"'), {}],
  ['quotes and backslashes in a value', row({ song: '\\"a\\\\"b\\' }), { item: '\\"a\\\\"b\\' }],
  ['a line end in a value', row({ song: 'a\r\nb\tc' }), { item: 'a\r\nb\tc' }],
  ['a NUL written as an escape', row({ song: 'a\u0000b' }), { item: 'a\u0000b' }],
  ['a separator of lines in Unicode', row({ song: 'a\u2028b\u0085c' }), { item: 'a\u2028b\u0085c' }],
  ['characters of four bytes', row({ song: '🎵 𝄞', artist: '👩‍👩‍👧' }), { item: '🎵 𝄞', creator: '👩‍👩‍👧' }],
  ['a surrogate pair written as escapes', rowWith('song', '"\\ud83c\\udfb5"'), { item: '🎵' }],
  ['mojibake', row({ artist: 'BjÃ¶rk' }), { creator: 'BjÃ¶rk' }],
  ['the replacement character', row({ artist: '\ufffd' }), { creator: '\ufffd' }],
  ['a byte order mark in a value', row({ artist: '\ufeffX' }), { creator: '\ufeffX' }],
  ['a slash written as an escape', rowWith('song', '"a\\/b"'), { item: 'a/b' }],
  [
    'white space around everything',
    JSON.stringify(plainRow, null, '\t ').replaceAll('\n', ' ').padStart(600),
    {},
  ],
  ['white space after the object', `${row()} \t `, {}],
  ['a tab before the closing brace', `${row().slice(0, -1)}\t}`, {}],
  ['deep nesting in another column', rowWith('firstName', `${'['.repeat(5000)}${']'.repeat(5000)}`), {}],
  ['what looks like a bad number in a string', row({ firstName: 'a,NaN,Infinity,]' }), {}],
  ['what looks like JSON in a string', row({ song: '{"ts":1},}' }), { item: '{"ts":1},}' }],
];

/** Good lines that are no event of a user. */
export const linesOfNobody: readonly (readonly [
  what: string,
  line: string,
  change: Record<string, string>,
])[] = [
  ['an empty user', row({ userId: '' }), { user: '' }],
  ['a logged-out row under a user', row({ auth: 'Logged Out' }), { dimension_0: 'Logged Out' }],
  [
    'a guest of the pseudo-user',
    row({ userId: '1261737', auth: 'Guest' }),
    { user: '1261737', dimension_0: 'Guest' },
  ],
];

export const blankLines: readonly (readonly [what: string, line: string])[] = [
  ['nothing', ''],
  ['spaces', '   '],
  ['tabs', '\t \t'],
];

function bytes(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}

function nulls(): Record<string, null> {
  return Object.fromEntries(optional.map(([column]) => [column, null]));
}

function undefineds(): Record<string, undefined> {
  return Object.fromEntries(optional.map(([column]) => [column, undefined]));
}

function nullEvent(): Record<string, null> {
  return Object.fromEntries(optional.map(([, name]) => [name, null]));
}

function reversed(line: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()));
}
