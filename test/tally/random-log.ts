import fc from 'fast-check';

const words = fc.oneof(
  fc.constantFrom(
    '',
    'The Cure',
    'Björk',
    '🎵 𝒜',
    'a"b\\c',
    'tab\tnul\u0000',
    'x'.repeat(16),
    'y'.repeat(17),
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const goodNumbers = fc.constantFrom(
  ...['0', '7', '12345', '0.5', '244.82307', '1.00000000000001', '12345.6789012345', 'null'],
);
const oddNumbers = fc.constantFrom(
  ...[
    '123456789012345',
    '1234567890123456',
    '1e2',
    '2.5E-1',
    '-1',
    '-0',
    '00',
    '1.',
    '9007199254740993',
    '"3"',
    'NaN',
  ],
);
const mostly = (common: fc.Arbitrary<string>, rare: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 15, arbitrary: common }, { weight: 1, arbitrary: rare });
const numbers = mostly(goodNumbers, oddNumbers);
const times = fc
  .integer({ min: -3, max: 300_000 })
  .map((seconds) => String(1_538_352_000_000 + 1000 * seconds));

/** Those that must be there come first. */
const required = 4;
const columns = [
  'ts',
  'userId',
  'sessionId',
  'page',
  'auth',
  'status',
  'level',
  'itemInSession',
  'location',
  'userAgent',
  'lastName',
  'registration',
  'gender',
  'artist',
  'song',
  'length',
] as const;

/** A value, as it is written, of each key of the log; some of them are bad. */
const row = fc.record({
  ts: mostly(times, oddNumbers),
  userId: fc.constantFrom('"10"', '"11"', '12', '""', '"a long user name, of 33 characters"'),
  sessionId: fc.constantFrom('29', '30', '"x31"', '29.0'),
  page: mostly(
    fc.constantFrom('"NextSong"', '"Thumbs Up"', '"Home"', '"Cancellation Confirmation"'),
    fc.constantFrom('""', 'null'),
  ),
  auth: fc.constantFrom('"Logged In"', '"Logged In"', '"Logged Out"'),
  status: mostly(fc.constantFrom('200', '307', '"\\u00e9"'), fc.constantFrom('"\t"', '[1]')),
  level: fc.constantFrom('"free"', '"paid"', 'null'),
  itemInSession: mostly(fc.nat(99).map(String), oddNumbers),
  location: fc.constantFrom('"Here, NY"', '"There, CA"', '"Th\\u0065re, CA"'),
  userAgent: fc.constantFrom('"Mozilla/5.0 (Windows NT 6.1)"', 'null'),
  lastName: fc.constantFrom('"Doe"', 'true', '-1.5e3', 'false', '0.25', '"Zoë"', '"O\\"Neil"'),
  registration: mostly(fc.constantFrom('1532128781000', '1532128781001', 'null'), fc.constant('12')),
  gender: fc.constantFrom('"F"', '"M"'),
  artist: mostly(
    words.map((word) => JSON.stringify(word)),
    fc.constantFrom('null', '"\\ud800"'),
  ),
  song: words.map((word) => JSON.stringify(word)),
  length: numbers,
});

/** How lines are written: keys in their order, of which some may be missing, white space, and their end. */
const template = fc.record({
  keys: fc
    .shuffledSubarray([...columns], { minLength: 14 })
    .map((keys) => [...new Set([...keys, ...columns.slice(0, required)])]),
  comma: fc.constantFrom(',', ', ', ' ,\t'),
  colon: fc.constantFrom(':', ': '),
  end: fc.constantFrom('\n', '\r\n'),
});

/** A log whose lines are written in up to three ways, and whose last line may be cut short. */
export const randomLog = fc
  .record({
    templates: fc.array(template, { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.tuple(row, fc.nat(2)), { minLength: 20, maxLength: 60 }),
    cut: fc.nat(40),
  })
  .map(({ templates, rows, cut }) => {
    const lines = rows.map(([values, i]) => {
      const { keys, comma, colon, end } = templates[i % templates.length];
      return `{${keys.map((key) => `"${key}"${colon}${values[key]}`).join(comma)}}${end}`;
    });
    const whole = Buffer.from(lines.join(''));
    return whole.subarray(0, Math.max(whole.length - cut, 1));
  });
