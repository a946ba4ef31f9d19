import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { row } from '../ingest/row.ts';
import { filesIn, writeText } from '../pipeline/logs.ts';
import { refrain } from './refrain.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rows = (count: number) => Array.from({ length: count }, (_, i) => row({ itemInSession: i })).join('\n');

describe('what is asked for wrongly ends with 2, says what was expected, and writes nothing', () => {
  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['run', 'LOG', '--out', 'OUT', '--oops'], "unknown option '--oops'"],
    [['run', 'LOG'], "required option '--out <folder>' not specified"],
    [['run', '--out', 'OUT'], "missing required argument 'log'"],
    [['run', 'LOG', '--out', 'OUT', '--threads', '0'], 'Expected a whole number from 1 to 1024.'],
    [['run', 'LOG', '--out', 'OUT', '--seed', '-1'], 'Expected a whole number from 0 to 4294967295.'],
    [['run', 'LOG', '--out', 'OUT', '--horizon', '1.5'], 'Expected a whole number from 1 to 3660.'],
    [['run', 'LOG', '--out', 'OUT', '--learner', 'oracle'], 'Expected learners of logistic-regression'],
    [['run', 'LOG', '--out', 'OUT', '--learner', 'baseline'], 'Expected learners of'],
    [['run', 'LOG', '--out', 'OUT', '--protocol', 'psychic'], 'Allowed choices are forecast, retrospective.'],
    [['run', 'LOG', '--out', 'OUT', '--max-bad-rows', '101%'], 'Expected at most 100%.'],
    [
      ['run', 'LOG', '--out', 'OUT', '--max-bad-rows', 'few'],
      'Expected a count such as 100 or a share such as 2%.',
    ],
    [['run', 'LOG', '--out', 'OUT', '--max-bad-rows', '1.5'], 'Expected a whole number of lines.'],
    [['run', 'LOG', '--out', 'OUT', '--memory', 'much'], 'Expected a size such as 500MB or 4GB.'],
    [['score', 'LOG', '--model', 'OUT', '--at', '2018-02-30'], 'Expected a date such as 2018-11-30.'],
    [['simulate', '--users', '5', '--out', 'OUT'], 'The days of the log are not given'],
    [['report', 'LOG', 'OUT'], 'Two runs set side by side are the report of neither: give --out FILE.'],
    [['report', 'LOG', '--show-users'], 'give --show-users an --out FILE.'],
    [['report', 'OUT', '--out', 'LOG'], 'exists. Give another --out, or --force to replace it.'],
    [['report', 'OUT', '--pdf', 'LOG'], 'exists. Give another'],
    [['report', 'OUT', '--figures', 'LOG'], 'is no folder that can be read'],
    [['explore', 'LOG'], "required option '--out <folder>' not specified"],
    [['features', '--theme', 'nonsense'], 'nonsense'],
    [['fit', 'LOG', '--out', 'OUT'], "required option '--label <column>' not specified"],
    [['fit', 'LOG', '--label', 'y', '--out', 'OUT', '--learner', 'oracle'], 'Expected learners of'],
    [
      ['fit', 'LOG', '--label', 'y', '--out', 'OUT', '--learner', 'temporal-convolution'],
      'Expected learners of',
    ],
    [
      ['fit', 'LOG', '--label', 'y', '--out', 'OUT', '--set', 'C=1'],
      'Expected such as logistic-regression.C=1.',
    ],
    [['fit', 'LOG', '--label', 'y', '--out', 'OUT', '--threshold', '1.5'], 'Expected a number from 0 to 1.'],
    [['fit', 'LOG', '--label', 'y', '--out', 'OUT', '--scale', 'big'], 'Allowed choices are none, standard'],
    [['predict', 'LOG'], "required option '--model <folder|file>' not specified"],
  ])('%j', async (args, message) => {
    await writeText(at('log.json'), row());
    const named = args.map((arg) => (arg === 'LOG' ? at('log.json') : arg === 'OUT' ? at('out') : arg));
    const { code, stdout, stderr } = await refrain(...named);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(await filesIn(folder)).toEqual(['log.json']);
  });

  test.each(['run', 'explore', 'score', 'fit', 'predict', 'simulate', 'features'])(
    '%s tells of it in JSON too',
    async (command) => {
      const { code, stdout, stderr } = await refrain(command, '--oops', '--json');
      expect([code, stdout]).toEqual([2, '']);
      expect(errorOf(stderr)).toEqual({
        code: 'USAGE',
        message: expect.any(String),
        details: expect.any(Object),
      });
    },
  );

  test('no command at all shows the help', async () => {
    const { code, stderr, stdout } = await refrain();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: refrain');
  });
});

test('help and version are no errors', async () => {
  expect((await refrain('--help')).stdout).toContain('Exit codes:');
  expect(await refrain('run', '--help')).toMatchObject({ code: 0, stderr: '' });
  expect((await refrain('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('bad input ends with 3 and leaves nothing', () => {
  const bad: readonly (readonly [what: string, content: string, message: RegExp])[] = [
    ['an array of rows on one line', `[${row()},${row()}]`, /1 of 1 lines are bad.*not_an_object.*jq -c/s],
    [
      'an array of rows on many lines',
      JSON.stringify([JSON.parse(row())], null, 2),
      /not_json, first in .*log\.json line 1: \[.*jq -c/s,
    ],
    [
      'another log',
      '{"user":1}\n{"user":2}',
      /2 × missing:userId.*Does the definition name the columns of this log/s,
    ],
    [
      'more bad lines than are borne',
      `${rows(98)}\nx\ny\n`,
      /2 of 100 lines are bad; --max-bad-rows allows 1 %\. Nothing was written\./,
    ],
    ['a log of nobody', row({ userId: '' }), /holds no event of a user/],
    ['an empty log', '', /The log is empty/],
    ['blank lines alone', '\n\n', /holds no event of a user/],
  ];

  test.each(bad)('%s', async (_, content, message) => {
    const log = await writeText(at('log.json'), content);
    const { code, stdout, stderr } = await refrain('run', log, '--out', at('out'));
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([3, '']);
    expect(await filesIn(folder)).toEqual(['log.json']);
  });

  test.each([
    ['run', ['run', 'LOG', '--out', 'OUT']],
    ['explore', ['explore', 'LOG', '--out', 'OUT']],
    ['score', ['score', 'LOG', '--model', 'LOG']],
  ])('%s tells of it in JSON too', async (_, args) => {
    const log = await writeText(at('log.json'), 'hello');
    const named = args.map((arg) => (arg === 'LOG' ? log : arg === 'OUT' ? at('out') : arg));
    const { code, stdout, stderr } = await refrain(...named, '--json');
    expect([code, stdout]).toEqual([3, '']);
    expect(errorOf(stderr)).toEqual({
      code: 'BAD_INPUT',
      message: expect.stringContaining('log.json'),
      details: expect.any(Object),
    });
  });

  test('an enormous bad line is shown by its beginning', async () => {
    const log = await writeText(at('log.json'), 'x'.repeat(3_000_000));
    const { stderr } = await refrain('explore', log, '--out', at('out'));
    expect(stderr).toContain(`${'x'.repeat(120)}…`);
    expect(stderr.length).toBeLessThan(2000);
    const json = await refrain('explore', log, '--out', at('out'), '--json');
    expect(json.stderr.length).toBeLessThan(5000);
  });
});

test('bad lines that are borne go to the quarantine, which can be mended and read again', async () => {
  const log = await writeText(
    at('log.json'),
    `${rows(3)}\n${row({ userId: '7' }).slice(0, -1)}\n${row({ ts: 'x' })}\n`,
  );
  const { code, stdout } = await refrain('explore', log, '--out', at('out'), '--max-bad-rows', '2', '--json');
  expect(code).toBe(0);
  const { folder: out, manifest } = JSON.parse(stdout);
  expect(out).toBe(at('out'));
  expect(manifest.accounting).toMatchObject({ lines: 5, accepted: 3, quarantined: 2 });
  const lines = (await readFile(at('out/quarantine.ndjson'), 'utf8')).trim().split('\n');
  const quarantined = lines.map((line) => JSON.parse(line));
  expect(quarantined.map(({ file, line, reason }) => [file, line, reason])).toEqual([
    [log, 4, 'not_json'],
    [log, 5, 'wrong_type:ts'],
  ]);
  const mended = await writeText(at('mended.json'), `${quarantined[0].text}}`);
  const again = await refrain('explore', mended, '--out', at('again'), '--json');
  expect(JSON.parse(again.stdout).manifest.accounting).toMatchObject({ accepted: 1, quarantined: 0 });
});

describe('the place of the results', () => {
  test('is not taken from another run unless --force says so', async () => {
    const log = await writeText(at('log.json'), rows(3));
    expect((await refrain('explore', log, '--out', at('out'))).code).toBe(0);
    const first = await readFile(at('out/run.json'), 'utf8');
    const refused = await refrain('explore', log, '--out', at('out'));
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('exists. Give another --out, or --force'),
    });
    expect(await readFile(at('out/run.json'), 'utf8')).toBe(first);
    expect((await refrain('explore', log, '--out', at('out'), '--force')).code).toBe(0);
    expect(await readFile(at('out/run.json'), 'utf8')).not.toBe(first);
  });

  test('is never taken from what is no run', async () => {
    const log = await writeText(at('log.json'), rows(3));
    await writeText(at('home/thesis.txt'), 'x');
    await writeText(at('both/run.json'), '{}');
    await writeText(at('both/thesis.txt'), 'x');
    for (const out of ['home', 'both', 'log.json']) {
      expect((await refrain('explore', log, '--out', at(out), '--force')).code).toBe(2);
    }
    expect(await filesIn(folder)).toEqual([
      'both/run.json',
      'both/thesis.txt',
      'home/thesis.txt',
      'log.json',
    ]);
  });

  test('keeps the earlier run when the new one fails', async () => {
    const log = await writeText(at('log.json'), rows(3));
    await refrain('explore', log, '--out', at('out'));
    const before = await filesIn(folder);
    const text = await readFile(at('out/run.json'), 'utf8');
    await writeText(log, 'x');
    expect((await refrain('explore', log, '--out', at('out'), '--force')).code).toBe(3);
    expect(await filesIn(folder)).toEqual(before);
    expect(await readFile(at('out/run.json'), 'utf8')).toBe(text);
  });

  test('may be a folder that does not exist yet, below one that does not either', async () => {
    const log = await writeText(at('log.json'), rows(3));
    expect((await refrain('explore', log, '--out', at('a/b c/ü'))).code).toBe(0);
    expect(await filesIn(at('a/b c/ü'))).toContain('run.json');
  });

  test('that cannot be made is a fault of the storage', async () => {
    const log = await writeText(at('log.json'), rows(3));
    const { code, stderr } = await refrain('explore', log, '--out', join(log, 'out'));
    expect([code, stderr]).toEqual([5, expect.stringContaining('Cannot create the folder')]);
  });
});

describe('results as JSON', () => {
  test('of the features: what they are, not how they are computed', async () => {
    const { code, stdout, stderr } = await refrain('features', '--json', '--theme', 'adverts');
    const features: Record<string, string>[] = JSON.parse(stdout);
    expect([code, stderr]).toEqual([0, '']);
    expect(features.length).toBeGreaterThan(5);
    for (const feature of features)
      expect(Object.keys(feature)).toEqual(['name', 'theme', 'unit', 'meaning', 'formula']);
  });

  test('of a simulation: what a reader of the log counts', async () => {
    const { stdout } = await refrain(
      'simulate',
      '--users',
      '5',
      '--days',
      '10',
      '--out',
      at('log.json'),
      '--json',
    );
    const result = JSON.parse(stdout);
    const text = await readFile(at('log.json'), 'utf8');
    expect(result).toMatchObject({
      users: 5,
      rows: text.trim().split('\n').length,
      bytes: Buffer.byteLength(text),
    });
  });

  test('of a run without a loss: its manifest, and the code 4', async () => {
    const log = await writeText(at('log.json'), rows(3));
    const { code, stdout } = await refrain('run', log, '--out', at('out'), '--json');
    expect(code).toBe(4);
    const { manifest, report } = JSON.parse(stdout);
    expect(manifest).toMatchObject({
      users: 1,
      lost: 0,
      nothingToLearn: expect.stringContaining('None of the 1 users is lost'),
    });
    expect(await readFile(report, 'utf8')).toContain('<html');
    const plain = await refrain('run', log, '--out', at('plain'));
    expect([plain.code, plain.stderr]).toEqual([
      4,
      expect.stringContaining('Error: None of the 1 users is lost'),
    ]);
  });
});

/** The error that stands at the end of what was printed. */
function errorOf(stderr: string): unknown {
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}
