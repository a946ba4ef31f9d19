import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { UsageError } from '../../src/errors.ts';
import { exploreLog } from '../../src/pipeline/explore-log.ts';
import { checkOutsideLog } from '../../src/pipeline/outside-log.ts';
import { row } from '../ingest/row.ts';
import { filesIn, quickRun } from './logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-outside-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  mkdirSync(at('logs'));
  writeFileSync(at('logs/a.json'), row());
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['logs/out', 'logs/deep/out', 'logs/..out'])('%s is in the log', async (out) => {
  await expect(checkOutsideLog(at(out), [at('logs')])).rejects.toThrow(UsageError);
  await expect(checkOutsideLog(relative('.', at(out)), [at('elsewhere'), at('logs')])).rejects.toThrow(
    'Give an --out outside.',
  );
});

test.each(['logs-out', 'out', 'logs', '.'])('%s is not in the log', async (out) => {
  await expect(checkOutsideLog(at(out), [at('logs')])).resolves.toBeUndefined();
});

test('beside the file that is the log a run may lie', async () => {
  await expect(checkOutsideLog(at('logs/out'), [at('logs/a.json')])).resolves.toBeUndefined();
});

test('an exploration into its own log writes nothing', async () => {
  const settings = { ...quickRun, log: [at('logs')], out: at('logs/out') };
  await expect(exploreLog(settings, silentEffects)).rejects.toThrow(UsageError);
  expect(await filesIn(folder)).toEqual(['logs/a.json']);
});
