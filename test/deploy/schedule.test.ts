import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refrain } from '../cli/refrain.ts';
import { deploy, type Ended, run } from './tools.ts';

const script = join(deploy, 'schedule', 'run.sh');
const nothingToLearn = fileURLToPath(new URL('../fixtures/real-log/', import.meta.url));
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const quick = ['--protocol', 'retrospective', '--learner', 'logistic-regression', '--replicates', '100'];

let folder: string;
let log: string;
let env: Record<string, string>;
let first: Ended;

/** The first run, in a folder where runs have been before. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-schedule-'));
  log = join(folder, 'log.json');
  await refrain('simulate', '--users', '40', '--days', '63', '--out', log);
  const program = join(folder, 'refrain');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
  await chmod(program, 0o755);
  env = { REFRAIN_BIN: program, PATH: process.env.PATH ?? '' };
  for (const name of ['2026-01', '2026-02', '2026-03']) {
    await mkdir(join(folder, 'weekly', name), { recursive: true });
    await writeFile(join(folder, 'weekly', name, 'run.json'), '{}');
    await writeFile(join(folder, 'weekly', `${name}.log`), '');
  }
  await mkdir(join(folder, 'weekly', '2025-notes'));
  const more = { REFRAIN_COPY_TO: join(folder, 'copies'), REFRAIN_KEEP: '2' };
  first = await scheduled('weekly', '2026-04', [log, ...quick], more);
});
afterAll(() => rm(folder, { recursive: true }));

const scheduled = (
  runs: string,
  name: string,
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<Ended> =>
  run(script, args, { ...env, REFRAIN_RUNS: join(folder, runs), REFRAIN_RUN_NAME: name, ...more });

test('a run lies in a folder of its own, is copied, and is what “current” shows', async () => {
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  expect(first.stdout).toContain('logistic-regression');
  expect(await readFile(join(folder, 'weekly', '2026-04.log'), 'utf8')).toBe(first.stdout);
  expect(await readlink(join(folder, 'weekly', 'current'))).toBe('2026-04');
  const [made, copied] = await Promise.all([
    readdir(join(folder, 'weekly', '2026-04'), { recursive: true }),
    readdir(join(folder, 'copies', '2026-04'), { recursive: true }),
  ]);
  expect(made).toContain('report.html');
  expect(copied.toSorted()).toEqual(made.toSorted());
});

test('old runs go, the newest by name stay, and what is no run is left alone', async () => {
  expect((await readdir(join(folder, 'weekly'))).toSorted()).toEqual(
    ['.lock', '2025-notes', '2026-03', '2026-03.log', '2026-04', '2026-04.log', 'current'].toSorted(),
  );
});

test('a run that could learn nothing is kept and copied, but “current” and the old runs stay', async () => {
  const runs = join(folder, 'unlucky');
  await mkdir(join(runs, 'good'), { recursive: true });
  await writeFile(join(runs, 'good', 'run.json'), '{}');
  await symlink('good', join(runs, 'current'));
  const more = { REFRAIN_COPY_TO: join(folder, 'copies'), REFRAIN_KEEP: '1' };
  const { code, stderr } = await scheduled('unlucky', 'bad', [nothingToLearn], more);
  expect(code).toBe(4);
  expect(stderr).toContain('None of the 61 users is lost');
  expect(await readlink(join(runs, 'current'))).toBe('good');
  expect(await readdir(join(runs, 'good'))).toEqual(['run.json']);
  expect(await readdir(join(folder, 'copies', 'bad'))).toContain('run.json');
});

test('a run that is there already is not touched', async () => {
  await mkdir(join(folder, 'twice', 'monday'), { recursive: true });
  await writeFile(join(folder, 'twice', 'monday.log'), 'what it said');
  const { code, stderr } = await scheduled('twice', 'monday', [log]);
  expect(code).toBe(2);
  expect(stderr).toContain('give another REFRAIN_RUN_NAME');
  expect(await readFile(join(folder, 'twice', 'monday.log'), 'utf8')).toBe('what it said');
});

test('a run that cannot be copied says so, and is still there', async () => {
  await writeFile(join(folder, 'file'), '');
  const more = { REFRAIN_COPY_TO: join(folder, 'file', 'below') };
  const { code, stderr } = await scheduled('uncopied', 'run', [nothingToLearn], more);
  expect(code).toBe(74);
  expect(stderr).toContain('could not be copied');
  expect(await readdir(join(folder, 'uncopied', 'run'))).toContain('run.json');
});

test('one run at a time; SIGTERM reaches Refrain, which leaves nothing behind', async () => {
  const runs = join(folder, 'busy');
  const slow = [log, '--protocol', 'retrospective', '--replicates', '100000'];
  const first = spawn(script, slow, {
    stdio: 'ignore',
    env: { ...env, REFRAIN_RUNS: runs, REFRAIN_RUN_NAME: 'first' },
  });
  const ended = once(first, 'close');
  const partial = async () => (await readdir(runs).catch(() => [])).some((name) => /partial/.test(name));
  while (!(await partial())) await sleep(20);
  const second = await scheduled('busy', 'second', [log]);
  expect(second).toEqual({ code: 75, stdout: '', stderr: `Another run is under way in ${runs}.\n` });
  first.kill('SIGTERM');
  expect(await ended).toEqual([130, null]);
  expect((await readdir(runs)).toSorted()).toEqual(['.lock', 'first.log']);
});

test.each([
  [{ REFRAIN_RUN_NAME: '../up' }, ['log'], 'REFRAIN_RUN_NAME is ../up'],
  [{ REFRAIN_RUN_NAME: 'current' }, ['log'], 'REFRAIN_RUN_NAME is current'],
  [{ REFRAIN_KEEP: '0' }, ['log'], 'REFRAIN_KEEP is 0'],
  [{}, [], 'Which log?'],
])('%j is refused before anything is made', async (more, args, message) => {
  const { code, stderr } = await scheduled('refused', 'name', args, more);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  await expect(readdir(join(folder, 'refused'))).rejects.toThrow('ENOENT');
});
