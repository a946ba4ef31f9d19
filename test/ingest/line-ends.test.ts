import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ingestFiles, ingestText, type Outcome } from './ingested.ts';
import { a, b, c, cleanEnds, byteOrderMark as mark } from './line-ends.ts';
import { row } from './row.ts';

describe('line ends', () => {
  test.each(cleanEnds)('%s', async (_, text, counts) => {
    const expected = { bytes: Buffer.byteLength(text), blank: 0, quarantined: 0, duplicate: 0, ...counts };
    expect((await ingestText(text)).ingested.accounting).toMatchObject(expected);
    const packed = await ingestFiles({ 'log.json.gz': gzipSync(text) });
    expect(packed.ingested.accounting).toMatchObject(expected);
  });

  test('a file of CR alone is one line, and bad', async () => {
    const { ingested, quarantine } = await ingestText(`${a}\r${b}\r${c}\r`);
    expect(ingested.accounting).toMatchObject({ lines: 1, accepted: 0, quarantined: 1 });
    expect(quarantine).toEqual([
      { file: 'log.json', line: 1, offset: 0, reason: 'not_json', text: `${a}\r${b}\r${c}` },
    ]);
  });

  test('a CR inside a string is bad, as is every control character there', async () => {
    const bad = row({ song: '§' }).replace('§', 'a\rb');
    const { quarantine } = await ingestText(`${a}\n${bad}\n`);
    expect(places(await ingestText(`${a}\n${bad}\n`))).toEqual([[2, a.length + 1, 'not_json']]);
    expect(quarantine[0].text).toBe(bad);
  });

  test('the places of bad lines are those of the file, whatever its line ends', async () => {
    const bad = '{"ts":1}';
    expect(places(await ingestText(`${a}\n${bad}\n`))).toEqual([[2, a.length + 1, 'missing:userId']]);
    expect(places(await ingestText(`${a}\r\n${bad}\r\n`))).toEqual([[2, a.length + 2, 'missing:userId']]);
    expect(places(await ingestText(`${mark}${bad}\n${a}\n${bad}`))).toEqual([
      [1, 3, 'missing:userId'],
      [3, 3 + bad.length + a.length + 2, 'missing:userId'],
    ]);
    const mixed = await ingestText(`${a}\n${bad}\r\n\n${bad.replace(',', '\r,')}\r\r\n${b}\r${bad}\n`);
    expect(places(mixed)).toEqual([
      [2, a.length + 1, 'missing:userId'],
      [4, a.length + bad.length + 4, 'missing:userId'],
      [5, a.length + 2 * bad.length + 7, 'not_json'],
    ]);
  });

  test('a file with CR inside lines may hold bytes that are no UTF-8 and lines beyond what the engine reads', async () => {
    const long = row({ firstName: 'x'.repeat(17_000_000) });
    const { ingested, quarantine } = await ingestText(
      Buffer.concat([
        Buffer.from(`${a}\r\r\n`),
        Buffer.from(`${row({ song: 'é' })}\n`, 'latin1'),
        Buffer.from(`${row({ song: 'é' })}\r\r\n`, 'latin1'),
        Buffer.from(`${long}\n`),
        Buffer.from(`${b.slice(0, -1)}\r}\n`),
      ]),
    );
    expect(quarantine.map(({ line, reason }) => [line, reason]).sort()).toEqual([
      [2, 'not_utf8'],
      [3, 'not_utf8'],
    ]);
    expect(ingested.accounting).toMatchObject({ lines: 5, accepted: 3, quarantined: 2 });
  });

  test('of files with different line ends each is read as its own', async () => {
    const { ingested, quarantine } = await ingestFiles({
      'a.json': `${a}\r\nbad\r\n`,
      'b.json': `${b}\n\nbad\n`,
      'c.json': `${c}\r\nbad\n`,
      'd.json': `bad\r${a}`,
    });
    expect(ingested.accounting).toMatchObject({ lines: 8, accepted: 3, quarantined: 4, blank: 1 });
    expect(quarantine.map(({ file, line, offset }) => [file, line, offset]).sort()).toEqual([
      ['a.json', 2, a.length + 2],
      ['b.json', 3, b.length + 2],
      ['c.json', 2, c.length + 2],
      ['d.json', 1, 0],
    ]);
  });

  test('a file of nothing but a byte order mark holds no line', async () => {
    const { ingested } = await ingestFiles({ 'a.json': mark, 'b.json': `${b}\n` });
    expect(ingested.accounting).toMatchObject({ lines: 1, accepted: 1, bytes: 3 + b.length + 1 });
  });
});

describe('long lines', () => {
  const megabyte = 1_000_000;

  test('a good line of 10 MB is read', async () => {
    const { ingested, log } = await ingestText(`${a}\n${row({ song: 'x'.repeat(10 * megabyte) })}\n${b}\n`);
    expect(ingested.accounting).toMatchObject({ accepted: 3, quarantined: 0 });
    expect(log.map(({ item }) => String(item).length).sort((x, y) => x - y)).toEqual([9, 9, 10 * megabyte]);
  });

  test('a bad line of 10 MB is quarantined whole', async () => {
    const bad = row({ song: 'x'.repeat(10 * megabyte) }).slice(0, -1);
    const outcome = await ingestText(`${a}\n${bad}\n${b}\n`);
    expect(places(outcome)).toEqual([[2, a.length + 1, 'not_json']]);
    expect(outcome.quarantine[0].text.length).toBe(bad.length);
  });

  test('a good line of 40 MB is read when its declared columns are short', async () => {
    const { ingested } = await ingestText(`${a}\n${row({ firstName: 'é'.repeat(20 * megabyte) })}\n${b}`);
    expect(ingested.accounting).toMatchObject({ lines: 3, accepted: 3, quarantined: 0 });
  });

  test('a line of 40 MB that stays as long in its plainest form is quarantined as too long', async () => {
    const outcome = await ingestText(`${a}\n${row({ song: 'x'.repeat(40 * megabyte) })}\n${b}\n`);
    expect(places(outcome)).toEqual([[2, a.length + 1, 'line_too_long']]);
    expect(outcome.ingested.accounting).toMatchObject({ lines: 3, accepted: 2, quarantined: 1 });
  });

  test('a bad line of 40 MB, and one that is no UTF-8, keep their reasons', async () => {
    const bad = 'x'.repeat(40 * megabyte);
    const outcome = await ingestText(
      Buffer.concat([
        Buffer.from(`${bad}\n${a}\n`),
        Buffer.alloc(20 * megabyte, 0xe9),
        Buffer.from(`\n${b}`),
      ]),
    );
    expect(places(outcome)).toEqual([
      [1, 0, 'not_json'],
      [3, bad.length + a.length + 2, 'not_utf8'],
    ]);
    expect(outcome.ingested.accounting).toMatchObject({ lines: 4, accepted: 2, quarantined: 2 });
  });

  test('a line of 20 MB of white space is blank', async () => {
    const { ingested } = await ingestText(`${a}\n${' '.repeat(20 * megabyte)}\n`);
    expect(ingested.accounting).toMatchObject({ lines: 2, accepted: 1, blank: 1, quarantined: 0 });
  });

  test('a line beyond 128 MB is not held in memory: the quarantine keeps its beginning', async () => {
    const outcome = await ingestFiles({
      'log.json.gz': gzipSync(Buffer.concat([Buffer.alloc(150 * megabyte, 0x5b), Buffer.from(`\n${a}\n`)]), {
        level: 1,
      }),
    });
    expect(places(outcome)).toEqual([[1, 0, 'line_too_long']]);
    expect(outcome.quarantine[0].text).toBe('['.repeat(65_536));
    expect(outcome.ingested.accounting).toMatchObject({ lines: 2, accepted: 1, quarantined: 1 });
  });
});

function places({ quarantine }: Outcome) {
  return quarantine
    .map(({ line, offset, reason }) => [line, offset, reason])
    .sort((x, y) => Number(x[0]) - Number(y[0]));
}
