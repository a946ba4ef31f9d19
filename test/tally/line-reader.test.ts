import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineReader, padding } from '../../src/tally/line-reader.ts';
import type { Slot } from '../../src/tally/slots.ts';

const slots: readonly Slot[] = [
  { key: 'who', type: 'id', names: ['user'] },
  { key: 'what', type: 'text', names: ['action'] },
  { key: 'by', type: 'text', names: ['creator'] },
  { key: 'of', type: 'text', names: ['item'] },
  { key: 'where', type: 'text', names: ['location'] },
  { key: 'since', type: 'number', names: ['registered'] },
  { key: 'took', type: 'quoted', names: ['duration'] },
];

/** What a reader says of each line, by key; undefined where it says nothing. It learns the lines that the first parameter has. */
function readAll(lessons: readonly string[], lines: readonly string[]) {
  const reader = new LineReader(slots, new Set(slots.keys()));
  const { kernel } = reader;
  for (const line of lessons) reader.shapes.learn(Buffer.from(line));
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  let at = kernel.put(Buffer.concat([text, Buffer.alloc(padding, '"')]));
  return lines.map((line) => {
    const next = kernel.call.readLine(at);
    at += Buffer.byteLength(line) + 1;
    if (next === 0) return undefined;
    expect(next).toBe(at);
    return Object.fromEntries(slots.map(({ key, type }, slot) => [key, saidOf(reader, type, slot)]));
  });
}

function saidOf({ kernel, texts }: LineReader, type: Slot['type'], slot: number): string | number | null {
  const { codes, numbers } = kernel.row(slots.length);
  if (type === 'text' || type === 'id') return texts.textOf(slot, codes[slot]);
  return Number.isNaN(numbers[slot]) ? null : numbers[slot];
}

const number = fc.oneof(
  fc.nat(),
  fc.nat().map((n) => n / 1000),
  fc.constantFrom(0, 123456789012345),
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '"', '\\', 'a\nb', 'ï»¿', '\ufeff', 'null'),
);
const row = fc.record({
  who: fc.constantFrom('1', '2', 3, 40),
  what: text,
  by: fc.option(text),
  of: fc.option(text),
  where: fc.constantFrom('here', 'there', null),
  since: fc.option(number),
  other: fc.oneof(text, number, fc.boolean(), fc.constant(null)),
  took: fc.oneof(number, number.map(String), fc.constant(null)),
});

describe('a line of a known shape is read as JSON.parse reads it', () => {
  test('whatever stands between its keys', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const lines = rows.map((one) => JSON.stringify(one));
        const said = readAll(lines.slice(0, 1), lines);
        const meant = rows.map(({ other: _, ...one }) => ({
          ...one,
          who: String(one.who),
          took: one.took === null ? null : Number(one.took),
        }));
        expect(said).toEqual(meant);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  test('when a user’s values stand in two places of a line and change in one', () => {
    const line = (since: number, where: string) =>
      `{"who":"1","since":${since},"what":"x","where":"${where}"}`;
    const lines = [line(1, 'here'), line(1, 'here'), line(2, 'here'), line(2, 'there'), line(1, 'there')];
    const said = readAll(lines.slice(0, 1), lines).map((one) => [one?.since, one?.where]);
    expect(said).toEqual([
      [1, 'here'],
      [1, 'here'],
      [2, 'here'],
      [2, 'there'],
      [1, 'there'],
    ]);
  });

  test('with any white space, in any order, with keys left out', () => {
    const lines = ['{"who":"1"}', ' { "took" : 1 , "who" : 2 }', '{"x":[],"who":1}', '{"who":"1","y":true} '];
    expect(readAll([lines[0], lines[1], lines[3]], lines).map((said) => said?.who)).toEqual([
      '1',
      '2',
      undefined,
      '1',
    ]);
  });
});

describe('of any other line nothing is said', () => {
  const known = '{"who":"1","of":"x","since":1,"took":"2","other":"z"}';
  test.each([
    ['of another shape', '{"who":"1","of":"x"}'],
    ['cut short', known.slice(0, 20)],
    ['with more behind it', `${known} x`],
    ['with a key twice', known.replace('"of"', '"who"')],
    ['with a number for a text', known.replace('"x"', '5')],
    ['with a text for a number', known.replace(':1,', ':"1",')],
    ['with a sign', known.replace(':1,', ':-1,')],
    ['with an exponent', known.replace(':1,', ':1e3,')],
    ['with a zero before a number', known.replace(':1,', ':01,')],
    ['with a point and no digits', known.replace(':1,', ':1.,')],
    ['with more digits than a double holds', known.replace(':1,', ':1234567890.1234567,')],
    ['with a number that is not closed by its quote', known.replace('"2"', '"2')],
    ['with NaN', known.replace(':1,', ':NaN,')],
    ['with a control character in a text', known.replace('"x"', '"\u0001"')],
    ['with a bad escape', known.replace('"x"', '"\\x"')],
    ['with half a surrogate pair', known.replace('"x"', '"\\ud800"')],
    ['with a control character in a key that nobody asked for', known.replace('"z"', '"\t"')],
    ['with a word that is none', known.replace('"z"', 'nulL')],
  ])('%s', (_, line) => {
    expect(readAll([known], [known, line])).toEqual([expect.anything(), undefined]);
  });
});
