import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseColumns } from '../../src/cli/options.ts';
import { createRandom } from '../../src/random.ts';
import { refrain } from './refrain.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-fit-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  const random = createRandom(3);
  const lines = Array.from({ length: 120 }, (_, i) => {
    const x = random.float();
    return `${i},${x},${random.float() < x ? 'yes' : 'no'}`;
  });
  writeFileSync(at('table.csv'), `id,x,left\n${lines.join('\n')}\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('fit prints the metrics of each learner as JSON, and predict a row for each of the table', async () => {
  const args = ['fit', at('table.csv'), '--label', 'left', '--positive', 'yes', '--drop', 'id'];
  const learners = ['--learner', 'logistic-regression,naive-bayes', '--set', 'logistic-regression.C=1'];
  const fit = await refrain(...args, ...learners, '--out', at('fit'), '--json');
  expect(fit.code).toBe(0);
  const printed: Record<string, Record<string, number>> = JSON.parse(fit.stdout);
  expect(Object.keys(printed)).toEqual(['logistic-regression', 'naive-bayes']);
  expect(Object.keys(printed['naive-bayes'])).toEqual([
    'f1',
    'precision',
    'recall',
    'accuracy',
    'rocAuc',
    'averagePrecision',
    'logLoss',
    'brier',
    'threshold',
    'fitSeconds',
    'predictSeconds',
  ]);
  expect(printed['logistic-regression'].rocAuc).toBeGreaterThan(0.6);

  const predict = await refrain('predict', at('table.csv'), '--model', at('fit'), '--keep', 'id');
  const lines = predict.stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('row,id,probability,predicted');
  expect(lines).toHaveLength(121);
  expect(lines[120]).toMatch(/^120,119,0\.\d+,[01]$/);
});

test('fit says what it did, and leaves nothing where it fails', async () => {
  const args = [
    'fit',
    at('table.csv'),
    '--positive',
    'yes',
    '--learner',
    'naive-bayes',
    '--replicates',
    '100',
  ];
  const { code, stdout } = await refrain(...args, '--label', 'left', '--out', at('words'));
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^120 rows, \d+ positive, 2 columns; judged by 5-fold cross-validation\.\n\nlearner/,
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(join(at('words'), 'model.json'));
  const before = readdirSync(folder);
  const failed = await refrain(...args, '--label', 'id', '--out', at('nothing'), '--json');
  expect([failed.code, failed.stdout]).toEqual([3, '']);
  expect(JSON.parse(failed.stderr.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ code: 'BAD_INPUT' });
  expect(readdirSync(folder)).toEqual(before);
});

test('a model of a table is none of a log', async () => {
  expect(JSON.parse(readFileSync(at('fit/model.json'), 'utf8'))).toMatchObject({
    source: 'table',
    label: 'left',
  });
  const { code, stderr } = await refrain('score', at('table.csv'), '--model', at('fit'));
  expect(code).toBe(3);
  expect(stderr).toContain('use refrain predict');
});

test('columns are listed with commas, and quoted where their names have some', () => {
  expect(parseColumns('id')).toEqual(['id']);
  expect(parseColumns('id,"first, ""last""",x')).toEqual(['id', 'first, "last"', 'x']);
});
