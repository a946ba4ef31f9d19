import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanRows } from '../audit/tables.ts';
import { writeText } from '../pipeline/logs.ts';
import { refrain } from './refrain.ts';

let folder: string;
let table: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  const { users, labels, matrix } = cleanRows(4);
  const lines = users.map(
    (user, row) => `${user},${labels[row]},${1 - labels[row]},${matrix.columns[0][row]}`,
  );
  table = await writeText(join(folder, 'table.csv'), `user,left,stays,activity\n${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

describe('refrain audit', () => {
  test('prints what it found and ends with code 6', async () => {
    const { code, stdout, stderr } = await refrain(
      'audit',
      '--examples',
      table,
      '--label',
      'left',
      '--group',
      'user',
    );
    expect(code).toBe(6);
    expect(stdout).toMatch(/^FOUND {5}identity: 2 columns/m);
    expect(stdout).toMatch(/leak: stays alone ranks the lost before the others \(ROC AUC 1\.000\)/);
    expect(stderr).toMatch(/The audit has \d findings?: identity \(stays\)/);
  });

  test('gives the findings as JSON, and the error too', async () => {
    const { code, stdout, stderr } = await refrain('audit', '--examples', table, '--label', 'left', '--json');
    const { passed, checks } = JSON.parse(stdout);
    expect([code, passed]).toEqual([6, false]);
    expect(checks[0].findings[0]).toMatchObject({ check: 'identity', severity: 'leak', feature: 'stays' });
    expect(JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ code: 'AUDIT_FINDINGS' });
  });

  test('passes a table without a leak', async () => {
    const args = ['--label', 'left', '--group', 'user', '--drop', 'stays'];
    const { code, stdout } = await refrain('audit', '--examples', table, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('No leak was found.');
  });

  test.each([
    [[], /Give a log, or a table of examples/],
    [['log.json', '--label', 'left'], /--label is for --examples/],
    [['log.json', '--examples', 'table.csv', '--label', 'left'], /give no log/],
    [['--examples', 'table.csv'], /needs --label COLUMN/],
    [['--examples', 'table.csv', '--engine', 'spark'], /leave out --engine spark/],
    [['log.json', '--with', 'own.csv,date='], /expected FILE, or FILE,user=COLUMN,date=COLUMN/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await refrain('audit', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
