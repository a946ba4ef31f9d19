import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refrain } from '../cli/refrain.ts';
import { bench, benchModule } from './bench.ts';

const { parseCommandLine } = await benchModule<{ parseCommandLine(args: readonly string[]): unknown }>(
  'options.mjs',
);

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('without a command, or asked for help, it says how it is used', async () => {
  for (const args of [[], ['--help'], ['run', '--help'], ['engines', '--help']]) {
    const { code, stdout } = await bench(args);
    expect(code).toBe(0);
    const command = args.length === 2 ? args[0] : 'run';
    expect(stdout).toContain(`npm run bench -- ${command} --log mini.json --rounds 1 --print-only`);
  }
});

describe('what is asked for wrongly is refused, with what was expected', () => {
  test.each([
    [
      ['walk'],
      'Expected a command, run or engines or learners or networks or scale or report or attribution or shapes, found "walk".',
    ],
    [
      ['toString'],
      'Expected a command, run or engines or learners or networks or scale or report or attribution or shapes, found "toString".',
    ],
    [['networks', '--users', '225,0'], '--users is "0"; expected a whole number from 1 to 100000.'],
    [['attribution', '--rounds', '0'], '--rounds is "0"; expected a whole number from 1 to 100.'],
    [['networks', '--without', 'refrain'], 'networks leaves nothing out: found --without.'],
    [['run', 'log.json'], 'run takes options alone, found "log.json"; a log is given with --log.'],
    [['run', '--rounds', '0'], '--rounds is "0"; expected a whole number from 1 to 100.'],
    [['run', '--rounds', 'many'], '--rounds is "many"'],
    [['run', '--threads', '1.5'], '--threads is "1.5"'],
    [['run', '--without', 'refrain'], '--without has "refrain"; expected some of wc, duckdb, pyspark.'],
    [['run', '--fast'], "Unknown option '--fast'"],
    [['run', '--gigabytes', '1'], "Unknown option '--gigabytes'"],
    [['learners', '--datasets', 'churn-20k,walks'], '--datasets has "walks"; expected some of churn-20k, '],
    [['learners', '--threads', '2,0'], '--threads is "0"; expected a whole number from 1 to 64.'],
    [['learners', '--without', 'pyspark'], '--without has "pyspark"; expected some of lightgbm, '],
    [['scale', '--gigabytes', '0.12,x'], '--gigabytes is "0.12,x"; expected numbers from 0.01 to 1000'],
    [
      ['scale', '--without', 'refrain'],
      '--without has "refrain"; expected some of wc, duckdb, polars, pyspark, refrain-1gb.',
    ],
    [['scale', '--log', 'a.json', '--gigabytes', '1'], '--log and --gigabytes are both given'],
    [['engines', '--rounds', '0'], '--rounds is "0"; expected a whole number from 1 to 100.'],
    [['engines', '--gigabytes', '1,'], '--gigabytes is ""; expected a whole number from 1 to 1000.'],
    [['engines', '--executors', '0,2'], '--executors is "0"; expected a whole number from 1 to 64.'],
    [['engines', '--without', 'wc'], '--without has "wc"; expected some of pyspark, executors.'],
    [['engines', '--log', 'a.json', '--gigabytes', '1'], '--log and --gigabytes are both given'],
  ])('%j', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});

describe('what is asked for wrongly ends with 2 before anything is measured', () => {
  test.each([
    [['walk'], 'Expected a command'],
    [['run', '--log', '/no/such/log.json'], 'There is no log /no/such/log.json.'],
    [['run', '--log', '/tmp'], '/tmp is not one file of JSON lines'],
    [['engines', '--log', '/no/such/log.json'], 'There is no log /no/such/log.json.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await bench(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});

test('Spark’s Java is looked for before anything is measured', async () => {
  await writeFile(at('log.json'), '{}\n');
  const args = ['engines', '--log', at('log.json'), '--print-only'];
  const { code, stdout, stderr } = await bench(args, { JAVA_HOME: folder });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Spark needs Java 17 or newer, and JAVA_HOME is .*, but there is no .*bin\/java\./);
  expect(stdout).toBe('');
});

describe('what PySpark needs is looked for before anything is measured', () => {
  beforeEach(() => writeFile(at('log.json'), '{}\n'));
  const run = () => bench(['run', '--log', at('log.json'), '--print-only'], { JAVA_HOME: folder });

  test('no Java', async () => {
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /PySpark needs Java 17 or newer, and .*bin\/java does not run.*\n.*--without pyspark\.\n$/,
    );
  });

  test('a Java that is too old', async () => {
    await mkdir(at('bin'));
    await writeFile(at('bin/java'), '#!/bin/sh\necho \'openjdk version "11.0.2" 2019-01-15\' >&2\n');
    await chmod(at('bin/java'), 0o755);
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain('bin/java is openjdk version "11.0.2" 2019-01-15.');
  });
});

test('a small log is measured, found to be the same work, and leaves nothing behind', async () => {
  await refrain('simulate', '--users', '60', '--days', '45', '--out', at('small.json'));
  await mkdir(at('temporary'));
  const { code, stdout, stderr } = await bench(
    ['run', '--log', at('small.json'), '--rounds', '1', '--without', 'pyspark', '--print-only'],
    { TMPDIR: at('temporary') },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('round 1 of 1') });
  expect(stdout).toMatch(/^- small\.json: [1-9][\d,]* bytes, [1-9][\d,]* lines$/m);
  expect(stdout).toMatch(/^\| DuckDB, bare scan \| \d/m);
  expect(stdout).toMatch(/^\| Refrain, the main job \| \d/m);
  expect(stdout).toMatch(/ledger [1-9][\d,]* rows × \d+ columns.*; examples [1-9][\d,]* rows × \d+ columns/);
  expect(await readdir(at('temporary'))).toEqual([]);
});

test('a subject that fails is named, with what it said', async () => {
  await writeFile(at('bad.json'), 'no JSON\n');
  const { code, stdout, stderr } = await bench([
    ...['run', '--log', at('bad.json'), '--rounds', '1', '--without', 'pyspark,duckdb', '--print-only'],
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/Refrain, ledger and features ended with exit code 1:\n.*1 of 1 lines are bad/s);
  expect(stdout).toBe('');
});
