import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { badCsvRecords, csvRecord as good, csvHeader as header } from './csv-texts.ts';
import { ingestFiles, type Outcome } from './ingested.ts';

function ingestCsv(text: string | Buffer): Promise<Outcome> {
  return ingestFiles({ 'log.csv': text });
}

function songs({ log }: Outcome) {
  return log.map(({ item }) => item).sort();
}

describe('CSV', () => {
  test('a record becomes the same event as its line of JSON', async () => {
    const csv = await ingestCsv(`${header}\n${good}\n`);
    const json = await ingestFiles({
      'log.json':
        '{"userId":"30","ts":1538352117000,"sessionId":29,"page":"NextSong","song":"Rockpools","length":277.89016,"auth":"Logged In"}',
    });
    expect(csv.log).toEqual(json.log);
    expect(csv.ingested.accounting).toEqual({
      bytes: header.length + good.length + 2,
      lines: 1,
      accepted: 1,
      anonymous: 0,
      duplicate: 0,
      quarantined: 0,
      blank: 0,
    });
  });

  test('fields may hold commas, quotes and line ends when they are quoted', async () => {
    const outcome = await ingestCsv(
      `${header}\r\n` +
        '30,1,1,Home,"a, b",1,\r\n'.replace('1,1', '1538352117000,1') +
        '30,1538352117000,1,Home,"say ""x""",1,\r\n' +
        '30,1538352117000,1,Home,"two\r\nlines\nor three",1,\r\n' +
        '"30","1538352117000","1","Home","""","1",""\r\n' +
        '30,1538352117000,1,Home,é🎵,1,\r\n',
    );
    expect(outcome.quarantine).toEqual([]);
    expect(songs(outcome)).toEqual(['"', 'a, b', 'say "x"', 'two\r\nlines\nor three', 'é🎵']);
  });

  test('an empty field is null, but an empty user is nobody', async () => {
    const { ingested, log } = await ingestCsv(
      `${header}\n30,1538352117000,1,Home,,,\n,1538352117000,1,Home,,"",\n`,
    );
    expect(ingested.accounting).toMatchObject({ lines: 2, accepted: 1, anonymous: 1 });
    expect(log.map(({ user, item, duration }) => [user, item, duration])).toEqual([
      ['', null, null],
      ['30', null, null],
    ]);
  });

  test('a bad record is quarantined with its line, offset and text, and costs no other', async () => {
    const text = `${header}\n${badCsvRecords.join('\n')}\n`;
    const outcome = await ingestCsv(text);
    expect(songs(outcome)).toEqual(['after', 'before']);
    expect(outcome.ingested.accounting).toMatchObject({ lines: 11, accepted: 2, quarantined: 9 });
    const found = outcome.quarantine.toSorted((a, b) => a.line - b.line);
    expect(found.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'not_csv'],
      [4, 'not_csv'],
      [5, 'not_csv'],
      [6, 'not_csv'],
      [7, 'not_csv'],
      [8, 'wrong_type:ts'],
      [9, 'missing:ts'],
      [10, 'negative:length'],
      [11, 'wrong_type:length'],
    ]);
    for (const { line, offset, text: quoted } of found) {
      expect(offset).toBe(
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + 1,
      );
      if (line < 8) expect(quoted).toBe(badCsvRecords[line - 2]);
    }
  });

  test('a quotation that is never closed costs its first line alone', async () => {
    const outcome = await ingestCsv(
      `${header}\n${good.replace('Rockpools', '"x')}\n${good}\n\n${good.replace('29', '30')}`,
    );
    expect(outcome.ingested.accounting).toMatchObject({ lines: 4, accepted: 2, quarantined: 1, blank: 1 });
    expect(outcome.quarantine).toMatchObject([{ line: 2, offset: header.length + 1, reason: 'not_csv' }]);
  });

  test('a quotation of 20 MB is taken for one that is never closed', async () => {
    const long = good.replace('Rockpools', `"${`${'x'.repeat(1_000_000)}\n`.repeat(20)}"`);
    const { ingested } = await ingestCsv(`${header}\n${good}\n${long}\n${good.replace('29', '30')}\n`);
    expect(ingested.accounting).toMatchObject({ lines: 23, accepted: 2, quarantined: 21 });
  });

  test('bytes that are no UTF-8 cost their record', async () => {
    const { ingested, quarantine } = await ingestCsv(
      Buffer.concat([
        Buffer.from(`${header}\n${good}\n`),
        Buffer.from(`${good.replace('Rockpools', 'é')}\n`, 'latin1'),
        Buffer.from(good.replace('29', '30')),
      ]),
    );
    expect(ingested.accounting).toMatchObject({ lines: 3, accepted: 2, quarantined: 1 });
    expect(quarantine).toMatchObject([{ line: 3, reason: 'not_utf8' }]);
  });

  test.each([
    ['a byte order mark', `\ufeff${header}\n${good}\n`],
    ['CRLF', `${header}\r\n${good}\r\n`],
    ['LF and CRLF mixed', `${header}\r\n${good}\n`],
    ['no end of the last line', `${header}\n${good}`],
    ['blank lines', `\n\n${header}\n\n${good}\n\n`],
    [
      'columns in another order, and others',
      'x,auth,page,ts,sessionId,userId,song,length,y\n1,Logged In,NextSong,1538352117000,29,30,Rockpools,277.89016,2\n',
    ],
    [
      'quotes around the header',
      `${header
        .split(',')
        .map((name) => `"${name}"`)
        .join(',')}\n${good}\n`,
    ],
  ])('%s is no fault', async (_, text) => {
    const outcome = await ingestCsv(text);
    expect(outcome.quarantine).toEqual([]);
    expect(outcome.log).toEqual((await ingestCsv(`${header}\n${good}\n`)).log);
    expect(outcome.ingested.accounting.bytes).toBe(Buffer.byteLength(text));
  });

  test.each([
    [
      'a required column is missing',
      'userId,ts,page\n1,1538352117000,Home\n',
      /log\.csv has no column "sessionId"; its header is: userId,ts,page/,
    ],
    [
      'semicolons part the fields',
      `${header.replaceAll(',', ';')}\n`,
      /has no column "userId", "ts", "sessionId", "page".*commas part/s,
    ],
    ['there is no header', `${good}\n`, /has no column/],
    ['a declared column stands twice', `${header},ts\n${good},1\n`, /has the column "ts" twice/],
    ['the header is no CSV', `"${header}\n${good}\n`, /has no column/],
  ])('it is bad input when %s', async (_, text, message) => {
    await expect(ingestCsv(text)).rejects.toThrow(InputError);
    await expect(ingestCsv(text)).rejects.toThrow(message);
  });

  test('a header alone holds no record', async () => {
    const { ingested } = await ingestFiles({ 'a.csv': `${header}\n`, 'b.csv': `${header}\n${good}\n` });
    expect(ingested.accounting).toMatchObject({ lines: 1, accepted: 1 });
  });

  test('any texts come through, however they are written', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r\n', 'x', ' ', 'é') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text.filter(isPlain), { minLength: 1, maxLength: 50 }), async (texts) => {
        const records = texts.map(
          (song, i) => `u${i},1538352117000,1,Home,"${song.replaceAll('"', '""')}",,`,
        );
        const { log, quarantine } = await ingestCsv(`${header}\n${records.join('\n')}\n`);
        expect(quarantine).toEqual([]);
        const byUser = new Map(log.map(({ user, item }) => [user, item]));
        expect(texts.map((_, i) => byUser.get(`u${i}`))).toEqual(
          texts.map((song) => (song === '' ? null : song)),
        );
      }),
      { numRuns: 20, seed: 4 },
    );
  });
});

function isPlain(text: string): boolean {
  return text.isWellFormed();
}
