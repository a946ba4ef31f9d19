import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { resolveInputs } from '../../src/ingest/inputs.ts';
import { formatOf } from '../../src/ingest/log-file.ts';
import { inFolder, ingestFiles, ingestPaths } from './ingested.ts';
import { plainEvent, row } from './row.ts';
import { zstd } from './zstd.ts';

const a = `${row({ itemInSession: 1 })}\n`;
const b = `${row({ itemInSession: 2 })}\n`;
const c = `${row({ itemInSession: 3 })}\n`;

describe('which files a log is', () => {
  test('names tell the format and the compression', () => {
    expect(formatOf('a/b.json')).toEqual({ format: 'json', compression: 'none' });
    expect(formatOf('b.JSONL')).toEqual({ format: 'json', compression: 'none' });
    expect(formatOf('b.ndjson.gz')).toEqual({ format: 'json', compression: 'gzip' });
    expect(formatOf('b.csv.zst')).toEqual({ format: 'csv', compression: 'zstd' });
    expect(formatOf('b.tar.gz')).toBeUndefined();
    expect(formatOf('b.parquet.gz')).toBeUndefined();
    expect(formatOf('json')).toBeUndefined();
    expect(formatOf('.json')).toBeUndefined();
  });

  test('a folder stands for the logs in and below it, hidden ones aside', () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, 'x', 'deep.json'), { recursive: true });
      await mkdir(join(folder, '_x'));
      for (const name of [
        'b.json',
        'x/a.csv',
        'x/deep.json/c.jsonl.gz',
        'notes.txt',
        '.d.json',
        '_e.json',
        '_x/f.json',
      ]) {
        await writeFile(join(folder, name), 'x');
      }
      const { files, notes } = await resolveInputs([folder]);
      expect(files.map(({ path }) => path.slice(folder.length))).toEqual([
        '/b.json',
        '/x/a.csv',
        '/x/deep.json/c.jsonl.gz',
      ]);
      expect(notes).toEqual([`${folder}: 1 file of other kinds passed over.`]);
    }));

  test('a glob stands for the logs that match it', () =>
    inFolder(async (folder) => {
      for (const name of ['a-1.json', 'a-2.json', 'b-1.json', 'a-3.txt'])
        await writeFile(join(folder, name), 'x');
      const { files } = await resolveInputs([join(folder, 'a-*')]);
      expect(files.map(({ path }) => path.slice(folder.length))).toEqual(['/a-1.json', '/a-2.json']);
    }));

  test.each([
    ['no such file', 'none.json', /No such file or folder: .*none\.json/],
    ['a glob without a match', '*.csv', /No such file or folder: .*\*\.csv/],
    ['an empty folder', 'empty', /The folder .*empty holds no log: expected files ending in \.json/],
    ['a folder without a log', 'texts', /The folder .*texts holds no log/],
    ['a file of another kind', 'texts/a.txt', /a\.txt is not a log file/],
    ['a FIFO', 'fifo.json', /fifo\.json is not a log file/],
    ['a folder with a FIFO', 'fifos', /fifo\.json is not a log file/],
    ['a link to nothing', 'dangling.json', /No such file or folder: .*dangling\.json/],
    ['a folder with a link to nothing', 'links', /links\/dangling\.json is a link that points to nothing/],
    ['a link to itself', 'loop.json', /No such file or folder: .*loop\.json/],
    ['an empty file', 'empty.json', /The log is empty/],
    ['a device', '/dev/zero', /is not a log file/],
  ])('%s is a fault of the input', (_, name, message) =>
    inFolder(async (folder) => {
      for (const child of ['empty', 'texts', 'fifos', 'links']) await mkdir(join(folder, child));
      await writeFile(join(folder, 'texts', 'a.txt'), 'x');
      await writeFile(join(folder, 'empty.json'), '');
      execFileSync('mkfifo', [join(folder, 'fifo.json'), join(folder, 'fifos', 'fifo.json')]);
      await symlink('nowhere', join(folder, 'dangling.json'));
      await symlink('nowhere', join(folder, 'links', 'dangling.json'));
      await symlink('loop.json', join(folder, 'loop.json'));
      const failure = resolveInputs([name.startsWith('/') ? name : join(folder, name)]);
      await expect(failure).rejects.toThrow(InputError);
      await expect(failure).rejects.toThrow(message);
    }),
  );

  test('a file given twice, or through a link, is read once and said to be', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'a.json'), a);
      await symlink('a.json', join(folder, 'b.json'));
      const { ingested, notes } = await ingestPaths([join(folder, 'a.json'), folder], folder);
      expect(ingested.accounting).toMatchObject({ lines: 1, accepted: 1, duplicate: 0 });
      expect(notes.map((note) => note.slice(folder.length))).toEqual([
        '/a.json was given twice and is read once.',
        '/b.json was given twice and is read once.',
      ]);
    }));

  test('a copy of a file is read, and its rows are duplicates', async () => {
    const { ingested, log } = await ingestFiles({ 'a.json': a + b, 'copy/a.json': a + b, 'c.json': c });
    expect(ingested.accounting).toMatchObject({ lines: 5, accepted: 3, duplicate: 2 });
    expect(log).toHaveLength(3);
  });

  test('rows that differ in what no feature reads are duplicates, in any declared column are not', async () => {
    const twice = await ingestFiles({ 'a.json': `${row({ firstName: 'X' })}\n${row({ firstName: 'Y' })}` });
    expect(twice.ingested.accounting).toMatchObject({ accepted: 1, duplicate: 1 });
    const changes = [
      { song: 'x' },
      { status: 404 },
      { registration: null },
      { location: 'Elsewhere, XX' },
      { length: 277.89017 },
      { ts: 1538352117001 },
    ];
    const rows = [{}, ...changes].map((change) => row(change)).join('\n');
    expect((await ingestFiles({ 'a.json': rows })).ingested.accounting).toMatchObject({
      accepted: 7,
      duplicate: 0,
    });
  });

  test('empty files among others are no fault', async () => {
    const { ingested } = await ingestFiles({
      '0.json': '',
      'a.json': a,
      'b.csv': '',
      'c.json.gz': gzipSync(''),
      'd.json': '\n',
      'z.json': '',
    });
    expect(ingested.accounting).toMatchObject({ lines: 2, accepted: 1, blank: 1, bytes: a.length + 1 });
    expect(ingested.files).toHaveLength(6);
  });

  test.each([
    "it's.json",
    'a "b".json',
    'with space.json',
    '[a].json',
    'a[0-9]?*.json',
    '{a,b}.json',
    'ä 🎵.json',
    'a\nb.json',
    'back\\slash.json',
    '%41.json',
    'a$b`c;d&e.json',
    '-dash.json',
    '~.json',
    'a.b.json',
    'UPPER.JSON',
    "it's.csv",
    '[a].csv',
    'UPPER.JSON.GZ',
    'a.json.zstd',
  ])('a file may be named %s', async (name) => {
    const text = name.endsWith('.csv')
      ? `userId,ts,sessionId,page\n30,1538352117000,29,Home\n,x`
      : `${a}{"ts":1}\n`;
    const content = /gz$/i.test(name) ? gzipSync(text) : name.endsWith('zstd') ? zstd(text) : text;
    const { ingested, quarantine } = await ingestFiles({ [name]: content, 'other 0.json': b });
    expect(ingested.accounting).toMatchObject({ accepted: 2, quarantined: 1 });
    expect(quarantine.map(({ file, line }) => [file, line])).toEqual([[name, name.endsWith('.csv') ? 3 : 2]]);
  });
});

test('a log that is bad throughout is given up, and not read into memory', async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `{"other":"log","n":${i},"x":"${'x'.repeat(80)}"}`);
  const failure = ingestFiles({ 'log.json': lines.join('\n') }, { maxBadRows: { share: 0.01 } });
  await expect(failure).rejects.toThrow(InputError);
  await expect(failure).rejects.toThrow(/^At least \d{5} of 200000 lines are bad; --max-bad-rows allows 1 %/);
  await expect(failure).rejects.toThrow(/missing:userId, first in .*log\.json line 1: \{"other":"log","n":0/);
});

describe('compressed logs', () => {
  const text = `${a + b}{"ts":1}\n${c}`;

  test.each([
    ['gzip', 'log.json.gz', gzipSync(text)],
    ['gzip in two members', 'log.json.gz', Buffer.concat([gzipSync(a + b), gzipSync(`{"ts":1}\n${c}`)])],
    ['zstd', 'log.json.zst', zstd(text)],
    ['zstd in two frames', 'log.json.zst', Buffer.concat([zstd(a + b), zstd(`{"ts":1}\n${c}`)])],
  ])('%s is read like its content', async (_, name, content) => {
    const plain = await ingestFiles({ 'log.json': text });
    const packed = await ingestFiles({ [name]: content });
    expect(packed.ingested.accounting).toEqual(plain.ingested.accounting);
    expect(packed.log).toEqual(plain.log);
    expect(packed.quarantine).toEqual(plain.quarantine.map((line) => ({ ...line, file: name })));
    expect(packed.ingested.files[0].bytes).toBe(content.length);
  });

  test.each([
    ['gzip cut short', 'log.json.gz', gzipSync(text).subarray(0, -12)],
    ['gzip without its check sum', 'log.json.gz', gzipSync(text).subarray(0, -8)],
    ['gzip with a wrong check sum', 'log.json.gz', spoil(gzipSync(text), -6)],
    ['text that is called gzip', 'log.json.gz', Buffer.from(text)],
    ['zstd cut short', 'log.json.zst', zstd(text).subarray(0, -5)],
    ['text that is called zstd', 'log.json.zst', Buffer.from(text)],
    ['a CSV file in gzip cut short', 'log.csv.gz', gzipSync('userId,ts,sessionId,page\n').subarray(0, -9)],
    ['text that is called Parquet', 'log.parquet', Buffer.from(text)],
    ['Parquet cut short', 'log.parquet', Buffer.from('PAR1xxxxPAR')],
  ])('%s is bad input, whatever else there is', async (_, name, content) => {
    const failure = ingestFiles({ 'good.json': c, [name]: content });
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(`Cannot read`);
    await expect(failure).rejects.toThrow(name);
  });

  test('a folder of every format is one log', async () => {
    const { ingested, log, quarantine } = await ingestFiles({
      'a.json': a,
      'b/b.jsonl.gz': gzipSync(b),
      'c.ndjson.zst': zstd(`${c}null\n`),
      'd.csv': 'userId,ts,sessionId,page,auth,itemInSession\n30,1538352117000,29,NextSong,Logged In,4\n',
      'e.csv.gz': gzipSync('userId,ts,sessionId,page\nx,y,z,Home\n'),
    });
    expect(ingested.accounting).toMatchObject({ lines: 6, accepted: 4, quarantined: 2 });
    expect(log.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3, 4]);
    expect(log.filter(({ sequence }) => sequence !== 4)).toEqual(
      expect.arrayContaining([1, 2, 3].map((sequence) => ({ ...plainEvent, sequence }))),
    );
    expect(quarantine.map(({ file, line, offset, reason }) => [file, line, offset, reason]).sort()).toEqual([
      ['c.ndjson.zst', 2, c.length, 'not_an_object'],
      ['e.csv.gz', 2, 25, 'wrong_type:ts'],
    ]);
  });

  test('a file that goes away while it is looked for is bad input', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.json');
      await writeFile(path, a);
      const { files } = await resolveInputs([path]);
      await rm(path);
      expect(files).toEqual([{ path, bytes: a.length, format: 'json', compression: 'none' }]);
      await expect(resolveInputs([path])).rejects.toThrow(InputError);
    }));
});

function spoil(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length + at] ^= 0xff;
  return copy;
}
