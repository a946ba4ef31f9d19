import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { silentEffects } from '../../src/effects.ts';
import { featureCatalogue } from '../../src/features/catalogue.ts';
import { run } from '../../src/pipeline/run.ts';
import { gymLog, toCsv } from '../pipeline/gym-log.ts';
import { quickRun } from '../pipeline/logs.ts';
import { refrain, startRefrain } from './refrain.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-output-'));
const at = (name: string) => join(folder, name);
const gym = ['--definition', 'test/fixtures/gym.yaml'];
const quick = ['--learner', 'logistic-regression', '--folds', '2', '--replicates', '100'];

beforeAll(async () => {
  writeFileSync(at('log.csv'), toCsv(gymLog(60, 60, 2)));
  const definition = await loadDefinition('test/fixtures/gym.yaml');
  const settings = { ...quickRun, definition, learners: ['logistic-regression'] as const, folds: 2 };
  await run({ ...settings, log: [at('log.csv')], out: at('model') }, silentEffects);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands = [
  'run',
  'report',
  'explore',
  'features',
  'score',
  'fit',
  'predict',
  'export',
  'simulate',
  'evaluate',
];

describe('help', () => {
  test.each(commands)(
    'of %s has examples, each of a command with options that there are',
    async (command) => {
      const { code, stdout, stderr } = await refrain(command, '--help');
      expect([code, stderr]).toEqual([0, '']);
      const examples = [...stdout.matchAll(/^ {2}\$ refrain (\S+)(.*)$/gm)];
      expect(examples.length).toBeGreaterThan(0);
      for (const [, name, rest] of examples) {
        expect(name).toBe(command);
        const options = rest.split('|')[0].match(/--[a-z-]+/g) ?? [];
        const [listed] = stdout.split('Example');
        for (const option of options) expect(listed).toContain(`  ${option}`);
      }
      for (const option of ['--json', '--debug', '--help']) expect(stdout).toContain(option);
    },
  );

  test('of the program names every command and every exit code', async () => {
    const { stdout } = await refrain('--help');
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    for (const code of [0, 1, 2, 3, 4, 5, 6, 130]) expect(stdout).toMatch(new RegExp(`\\b${code} [a-z]`));
  });
});

describe('the report of a run', () => {
  test('is made again in its place, and beside it with real names when asked', async () => {
    const before = readFileSync(at('model/report.html'), 'utf8');
    const again = await refrain('report', at('model'));
    expect(again).toEqual({ code: 0, stdout: `${at('model/report.html')}\n`, stderr: '' });
    const shown = await refrain('report', at('model'), '--show-users', '--out', at('shown.html'), '--json');
    expect([shown.code, JSON.parse(shown.stdout)]).toEqual([0, { report: at('shown.html') }]);
    expect(readFileSync(at('model/report.html'), 'utf8').length).toBe(before.length);
    expect(readFileSync(at('shown.html'), 'utf8')).not.toBe(before);
  });
});

describe('the catalogue', () => {
  test('lists every feature', async () => {
    const { stdout } = await refrain('features');
    const catalogue = featureCatalogue(sparkify);
    for (const { name, unit } of catalogue) expect(stdout).toContain(`  ${name} [${unit}]\n`);
    expect(stdout.trimEnd().endsWith(`${catalogue.length} features`)).toBe(true);
  });

  test('is that of the definition', async () => {
    const { stdout } = await refrain('features', ...gym, '--json');
    const listed: { name: string }[] = JSON.parse(stdout);
    const catalogue = featureCatalogue(await loadDefinition('test/fixtures/gym.yaml'));
    expect(listed.map(({ name }) => name)).toEqual(catalogue.map(({ name }) => name));
  });
});

describe('a run that is piped', () => {
  test('prints its result to stdout and plain progress to stderr, without escape codes', async () => {
    const { code, stdout, stderr } = await refrain(
      'run',
      at('log.csv'),
      ...gym,
      ...quick,
      '--out',
      at('piped'),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\d,]+ lines in 1 file \([\d,]+ bytes\):\n/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(at('piped/report.html'));
    expect(stderr).toMatch(/^(\w[\w ]*( …| · .*)\n)+(Note: .*\n)*$/);
    const escapeCode = String.fromCharCode(27);
    expect(stdout + stderr).not.toContain(escapeCode);
    expect(stdout + stderr).not.toContain('\r');
  });

  test('prints with --json one record that tells where everything is', async () => {
    const { code, stdout } = await refrain(
      'run',
      at('log.csv'),
      ...gym,
      ...quick,
      '--out',
      at('json'),
      '--json',
    );
    expect(code).toBe(0);
    const { folder: out, report, manifest } = JSON.parse(stdout);
    expect([out, report]).toEqual([at('json'), at('json/report.html')]);
    expect(manifest).toEqual(JSON.parse(readFileSync(at('json/run.json'), 'utf8')));
  });

  test('is put in its place though nobody reads its progress', async () => {
    const { child, ended } = startRefrain(['run', at('log.csv'), ...gym, ...quick, '--out', at('unread')]);
    child.stderr?.destroy();
    expect((await ended).code).toBe(0);
    expect(readdirSync(at('unread'))).toContain('report.html');
  });
});

describe('the scores', () => {
  const scoring = ['score', at('log.csv'), '--model', at('model')];

  test('go to stdout as CSV, the bytes of the run', async () => {
    const { code, stdout } = await refrain(...scoring);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(at('model/scores.csv'), 'utf8'));
  });

  test('go to a file, which is replaced when asked alone', async () => {
    const file = at('scores.csv');
    expect(await refrain(...scoring, '--out', file)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(at('model/scores.csv'), 'utf8'));
    writeFileSync(file, 'mine');
    const refused = await refrain(...scoring, '--out', file);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--force to replace it')]);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await refrain(...scoring, '--out', file, '--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe('mine');
  });

  test('that cannot be written leave no half of a file', async () => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await refrain(...scoring, '--out', at('no/such/folder/scores.csv'));
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toContain(`Cannot write ${at('no/such/folder/scores.csv')}: its folder does not exist`);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('are one record with --json', async () => {
    const { stdout } = await refrain(...scoring, '--json', '--at', '2024-02-01');
    const { day, scores } = JSON.parse(stdout);
    expect(day).toBe('2024-02-01');
    expect(scores[0]).toMatchObject({ rank: 1, user: expect.any(String), probability: expect.any(Number) });
    expect(Object.keys(scores[0].reasons[0])).toEqual(expect.arrayContaining(['text', 'contribution']));
  });

  test('of a model that is none end with 3, and with JSON when asked', async () => {
    const { code, stdout, stderr } = await refrain(
      'score',
      at('log.csv'),
      '--model',
      at('nothing'),
      '--json',
    );
    expect([code, stdout]).toEqual([3, '']);
    const { code: kind, message, details } = JSON.parse(stderr);
    expect(kind).toBe('BAD_INPUT');
    expect(message).toContain(at('nothing/model.json'));
    expect(details).toEqual({ path: at('nothing/model.json') });
  });
});

test('a result that a full disk does not take ends with 5', async () => {
  const { ended } = startRefrain(['features'], 'exec >/dev/full');
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([
    5,
    expect.stringMatching(/^Error: Cannot write to stdout: the disk is full/),
  ]);
});

test('an error shows its stack with --debug', async () => {
  const { code, stderr } = await refrain('explore', at('none.json'), '--out', at('none'), '--debug');
  expect(code).toBe(3);
  expect(stderr).toMatch(/^Error: No such file or folder: .*\n[\s\S]*InputError: [\s\S]* at /);
});
