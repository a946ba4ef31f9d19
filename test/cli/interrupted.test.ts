import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { simulatedLog } from '../features/as-of.ts';
import { filesIn, writeText } from '../pipeline/logs.ts';
import { refrain, startRefrain } from './refrain.ts';

let folder: string;
let log: string;
let csv: string;
const at = (name: string) => join(folder, 'out', name);
const quick = ['--learner', 'logistic-regression', '--folds', '2', '--replicates', '100'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  const text = await simulatedLog(60, 63, 4);
  log = await writeText(join(folder, 'log.json'), text);
  const rows = text
    .split('\n')
    .slice(0, 30_000)
    .map((line) => JSON.parse(line));
  const records = rows.map(({ userId, ts, sessionId, page, auth }) =>
    [userId, ts, sessionId, page, auth].join(),
  );
  csv = await writeText(join(folder, 'log.csv'), ['userId,ts,sessionId,page,auth', ...records].join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  await rm(join(folder, 'out'), { recursive: true, force: true });
  await writeText(at('keep/run.json'), '{"an":"earlier run"}');
});

describe('a run that is killed', () => {
  test('leaves the earlier run as it was, and a folder that the next run clears away', async () => {
    const { child, ended } = startRefrain(['run', log, '--out', at('keep'), '--force', ...quick]);
    await until(async () => (await partials()).length === 1);
    child.kill('SIGKILL');
    expect((await ended).code).toBe('SIGKILL');
    expect(await partials()).toHaveLength(1);
    expect(await filesIn(at('keep'))).toEqual(['run.json']);
    await writeText(at('keep.partial-notes/x'), 'of the user');
    const next = await refrain('explore', log, '--out', at('keep'), '--force');
    expect(next.code).toBe(0);
    expect(await readdir(join(folder, 'out'))).toEqual(['keep', 'keep.partial-notes']);
    expect(await filesIn(at('keep'))).toContain('statistics/by_day.csv');
  });

  test('while it changed places leaves the earlier run to be put back', async () => {
    const gone = startRefrain(['--version']);
    await gone.ended;
    await rm(at('keep'), { recursive: true });
    await writeText(at(`keep.replaced-${gone.child.pid}/run.json`), '{"an":"earlier run"}');
    const { code } = await refrain('explore', log, '--out', at('keep'));
    expect(code).toBe(2);
    expect(await readFile(at('keep/run.json'), 'utf8')).toBe('{"an":"earlier run"}');
    expect(await readdir(join(folder, 'out'))).toEqual(['keep']);
  });

  test('is not cleared away while it goes on', async () => {
    const { child, ended } = startRefrain(['run', log, '--out', at('new'), ...quick]);
    await until(async () => (await partials()).length === 1);
    await refrain('explore', csv, '--out', at('new'));
    expect(await partials()).toHaveLength(1);
    child.kill('SIGKILL');
    await ended;
  });
});

describe('Ctrl-C ends a run with 130 and leaves nothing of it', () => {
  test.each([
    ['while it reads', ['run', 'LOG'], /ingest|parsing/],
    ['while it learns', ['run', 'LOG', ...quick], /models|fitting/],
    ['while it parses CSV', ['run', 'CSV', ...quick], /./],
    ['while it explores', ['explore', 'LOG'], /./],
  ])('%s', async (_, args, stage) => {
    const named = args.map((arg) => (arg === 'LOG' ? log : arg === 'CSV' ? csv : arg));
    const { child, ended } = startRefrain([...named, '--out', at('keep'), '--force', '--json']);
    await untilPrinted(child, stage);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([130, '']);
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ code: 'INTERRUPTED' });
    expect(await readdir(join(folder, 'out'))).toEqual(['keep']);
    expect(await filesIn(at('keep'))).toEqual(['run.json']);
  });

  test('and twice at once, whatever it does', async () => {
    const { child, ended } = startRefrain(['run', log, '--out', at('new')]);
    await until(async () => (await partials()).length === 1);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});

describe('storage that gives no more ends a run with 5 and leaves nothing of it', () => {
  test.each([
    ['for what is put aside while a log is read', () => log, 100],
    ['for the engine', () => log, 250],
    ['for the records of CSV', () => csv, 50],
  ])('%s', async (_, input, kilobytes) => {
    const { ended } = startRefrain(
      ['run', input(), '--out', at('keep'), '--force', ...quick],
      `ulimit -f ${kilobytes}`,
    );
    const { code, stdout, stderr } = await ended;
    expect(stderr).toMatch(/file too large|larger than (is )?allowed/i);
    expect([code, stdout]).toEqual([5, '']);
    expect(await readdir(join(folder, 'out'))).toEqual(['keep']);
    expect(await filesIn(at('keep'))).toEqual(['run.json']);
  });
});

test('a reader who stops early is no fault', async () => {
  const { child, ended } = startRefrain(['features']);
  child.stdout?.once('data', () => child.stdout?.destroy());
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([0, '']);
});

async function partials(): Promise<string[]> {
  return (await readdir(join(folder, 'out'))).filter((name) => /\.partial-\d+$/.test(name));
}

async function until(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await sleep(5);
}

async function untilPrinted(child: ReturnType<typeof startRefrain>['child'], pattern: RegExp): Promise<void> {
  let text = '';
  while (!pattern.test(text)) {
    if (child.stderr === null || child.exitCode !== null)
      throw new Error(`It ended before it printed ${pattern}: ${text}`);
    const [chunk] = await once(child.stderr, 'data');
    text += chunk;
  }
}
