import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import { UsageError } from '../../../src/errors.ts';
import { fitTable } from '../../../src/pipeline/tables/fit-table.ts';
import { defaultFitSettings, type FitTableSettings } from '../../../src/pipeline/tables/settings.ts';
import { synthetic } from '../../models/synthetic.ts';

let folder: string;
let settings: FitTableSettings;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-fit-tuning-'));
  const { matrix, labels } = synthetic(240, 19);
  const { names, columns } = matrix;
  const rows = Array.from(labels, (label, row) =>
    [label, ...columns.map((column) => (Number.isNaN(column[row]) ? '' : column[row]))].join(','),
  );
  await writeFile(join(folder, 'train.csv'), `${['y', ...names].join(',')}\n${rows.join('\n')}\n`);
  settings = {
    ...defaultFitSettings,
    table: join(folder, 'train.csv'),
    label: 'y',
    out: join(folder, 'fit'),
    learners: ['logistic-regression', 'random-forest'],
    changes: { 'random-forest': { trees: 10, maxDepth: 4 } },
    folds: 3,
    replicates: 100,
    tuning: { trials: 3, trialsFile: join(folder, 'trials.jsonl') },
  };
});
afterAll(() => rm(folder, { recursive: true }));

it('a fit chooses what was not given, keeps every trial, and says that its metrics are too good', async () => {
  const { notes, tuned } = await fitTable(settings, silentEffects);
  expect(notes.join()).toContain('chosen on the rows that they are judged by');
  expect([...(tuned?.keys() ?? [])]).toEqual(['logistic-regression', 'random-forest']);
  const lines = (await readFile(join(folder, 'fit', 'metrics', 'trials.csv'), 'utf8')).trim().split('\n');
  const header = lines[0].split(',');
  expect(header.slice(0, 6)).toEqual(['model', 'trial', 'state', 'validation', 'folds', 'log_loss']);
  expect(header).toContain('C');
  expect(header).toContain('featuresPerSplit');
  expect(header).not.toContain('maxDepth');
  expect(lines.filter((line) => line.includes(',chosen,cross-validation,3,'))).toHaveLength(2);
  const logged = (await readFile(join(folder, 'trials.jsonl'), 'utf8')).trim().split('\n');
  const forests = logged.map((line) => JSON.parse(line)).filter(({ learner }) => learner === 'random-forest');
  expect(forests.length).toBeGreaterThan(2);
  for (const { settings } of forests) expect(settings).toMatchObject({ trees: 10, maxDepth: 4 });
});

it('limits that are none are refused before any work', async () => {
  await expect(fitTable({ ...settings, tuning: { trials: 0 } }, silentEffects)).rejects.toThrow(UsageError);
});
