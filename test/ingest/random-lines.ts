import fc from 'fast-check';

/** Tokens that parsers disagree on, beside plain ones. */
const tokens = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '1',
  '-1',
  '7.0',
  '0.5',
  '1e3',
  '1E+3',
  '1e400',
  '-1e400',
  '1e-400',
  '01',
  '+1',
  '.5',
  '5.',
  '0x1',
  '1_000',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '1538352117000',
  '1538352117000.0',
  '1.538352117e12',
  '946684799999',
  '946684800000',
  '4102444800000',
  '1700000000',
  '1700000000.0004999',
  '1700000000123456',
  '90071992547.40991',
  '90071992547.409915',
  'NaN',
  'nan',
  '-NaN',
  'Infinity',
  '-Infinity',
  'inf',
  '-inf',
  'True',
  'None',
  'undefined',
  '""',
  '" "',
  '"1"',
  '"-1"',
  '"01"',
  '" 1"',
  '"1 "',
  '"1e400"',
  '"1e3"',
  '"NaN"',
  '"0x10"',
  '"1538352117000"',
  '"1700000000.5"',
  '"."',
  '"-"',
  '"a\\"b"',
  '"\\\\"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\ud83c\\udfb5"',
  '"\\udc00\\ud800"',
  '"\\x"',
  '"\\/"',
  '"\\u12"',
  '"🎵"',
  '"\ufeff"',
  '"BjÃ¶rk"',
  '"Logged Out"',
  '"Guest"',
  '"Cancellation Confirmation"',
  '"paid"',
  '"2024-02-29"',
  '"2023-02-29"',
  '"2024-02-30T10:00"',
  '"2024-02-29T24:00"',
  '"2024-02-29T24:00:00"',
  '"2024-02-29T23:59:60Z"',
  '"2024-13-01"',
  '"2024-02-29 10:00:00"',
  '"2024-02-29T10:00:00.123456Z"',
  '"2024-02-29T10:00:00.1234567Z"',
  '"2024-02-29T10:00:00.5+02:00"',
  '"2024-02-29T10:00:00-23:59"',
  '"2024-02-29T10:00:00+99:00"',
  '"2024-02-29T10:00:00+02"',
  '"2024-02-29t10:00:00z"',
  '"1999-12-31T23:59:59.999Z"',
  '"1999-12-31T23:00-01:00"',
  '"2000-01-01"',
  '"2100-01-01T00:00+00:01"',
  '"20240229"',
  '"2024-02-29T10:00Z"',
  '"2024-2-29"',
  '"+002024-02-29"',
  '"2024-02-29T10:60"',
  '"2024-02-29T10:00:00,5Z"',
  '"epoch"',
  '"infinity"',
  '"now"',
  '[]',
  '[1]',
  '[1,]',
  '{}',
  '{"a":1}',
  '{"a":1,}',
  '{"a":NaN}',
  '{"a":1,"a":2}',
  '[[[[1e400]]]]',
];

const scraps = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  ' ',
  '\t',
  '\u0001',
  '\u0000',
  '\u007f',
  '\u0085',
  '\u2028',
  '\ufeff',
  '/',
  '/**/',
  "'",
  '0',
  '-',
  '.',
  'e',
  'E',
  'é',
  '🎵',
  'NaN',
  'null',
];
const whitespace = ['', ' ', '\t', '  \t', '\u00a0', '\u000b', '\u3000'];

/** Lines without CR or LF: rows like the example with up to four changes, some that keep a row good and some that spoil it. */
export function hostileLines(example: Readonly<Record<string, unknown>>): fc.Arbitrary<Buffer> {
  const keys = Object.keys(example);
  const key = fc.constantFrom(...keys, 'unknown', keys[0].toUpperCase(), '', '__proto__');
  const token = fc.oneof(
    fc.constantFrom(...tokens),
    fc.json({ maxDepth: 1 }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
  );
  const entry = fc.record({ key, token });
  const object = fc
    .record({
      replaced: fc.array(entry, { maxLength: 2 }),
      dropped: rarely(null, fc.constantFrom(...keys)),
      doubled: rarely(null, entry),
      space: rarely('', fc.constantFrom(...whitespace)),
      shuffled: fc.boolean(),
    })
    .map(({ replaced, dropped, doubled, space, shuffled }) => {
      const entries = new Map(Object.entries(example).map(([name, value]) => [name, JSON.stringify(value)]));
      for (const change of replaced) entries.set(change.key, change.token);
      if (dropped !== null) entries.delete(dropped);
      const all = [...entries, ...(doubled === null ? [] : [[doubled.key, doubled.token] as const])];
      if (shuffled) all.reverse();
      const body = all
        .map(([name, text]) => `${space}${JSON.stringify(name)}${space}:${space}${text}`)
        .join(`${space},`);
      return `${space}{${body}${space}}${space}`;
    });
  const spoiled = fc.tuple(object, fc.nat(), fc.constantFrom(...scraps)).map(([line, at, scrap]) => {
    const place = at % (line.length + 1);
    return line.slice(0, place) + scrap + line.slice(place);
  });
  const cut = fc.tuple(object, fc.nat(), fc.nat()).map(([line, at, length]) => {
    const start = at % line.length;
    return line.slice(0, start) + line.slice(start + 1 + (length % 20));
  });
  const text = fc.oneof(
    { weight: 6, arbitrary: object },
    { weight: 2, arbitrary: spoiled },
    { weight: 2, arbitrary: cut },
    { weight: 1, arbitrary: fc.constantFrom(...tokens, ...scraps, ...whitespace, JSON.stringify(example)) },
  );
  const mangled = fc.tuple(text, fc.nat(), fc.integer({ min: 0x80, max: 0xff })).map(([line, at, byte]) => {
    const bytes = Buffer.from(line);
    if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return bytes;
  });
  return fc.oneof(
    { weight: 12, arbitrary: text.map((line) => Buffer.from(line)) },
    { weight: 1, arbitrary: mangled },
  );
}

function rarely<T, U>(usual: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}
