import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineWriter, nothing } from '../../src/simulate/line-writer.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const natural = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('a line is its parts and numbers in order, in a buffer of any size', () => {
  const time = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
  const rows = fc.array(fc.tuple(natural, natural, fc.string(), fc.string()), { maxLength: 20 });
  fc.assert(
    fc.property(time, rows, fc.nat(200), (seconds, lines, size) => {
      const writer = new LineWriter([encode('<state>')], new Uint8Array(size));
      writer.setTime(seconds);
      for (const [session, item, details, song] of lines) {
        writer.row(encode('<head>'), session, 0, item, encode(details), encode(song));
      }
      const oracle = lines.map(
        ([session, item, details, song]) =>
          `{"ts":${seconds}<head>${session}<state>${item}${details}${song}}\n`,
      );
      const written = writer.bytes.subarray(0, writer.length);
      expect(Buffer.from(written)).toEqual(Buffer.from(oracle.join('')));
    }),
  );
});

test('a row without details and song is as short as it can be', () => {
  const writer = new LineWriter([nothing], new Uint8Array(0));
  writer.setTime(1538352117);
  writer.row(nothing, 0, 0, 10, nothing, nothing);
  expect(Buffer.from(writer.bytes.subarray(0, writer.length)).toString()).toBe('{"ts":1538352117010}\n');
});
