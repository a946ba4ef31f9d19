import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../../src/definition/sparkify.ts';
import { silentEffects } from '../../../src/effects.ts';
import { featureCatalogue } from '../../../src/features/catalogue.ts';
import { labelledCutoffs } from '../../../src/features/cutoffs.ts';
import { examplesSql, readExamples } from '../../../src/features/examples.ts';
import { learn } from '../../../src/pipeline/learn.ts';
import { checkRunSettings, defaultLearnSettings } from '../../../src/pipeline/settings.ts';
import { reportSufficiency } from '../../../src/pipeline/sufficiency/report-sufficiency.ts';
import { assessSufficiency, type Sufficiency } from '../../../src/pipeline/sufficiency/sufficiency.ts';
import { writeSufficiency } from '../../../src/pipeline/sufficiency/sufficiency-files.ts';
import { numbersOf } from '../../../src/table/table.ts';
import { simulatedLog, withLedger } from '../../features/as-of.ts';
import { plainCsv } from '../files.ts';
import { quickRun } from '../logs.ts';

const names = ['events_7d', 'events_all', 'sessions_14d', 'days_since_last_event', 'like_share_all'];
const features = featureCatalogue(sparkify).filter(({ name }) => names.includes(name));
const settings = { ...defaultLearnSettings, folds: 2, replicates: 100, horizonDays: 10 };
const label = { kind: 'window', leadDays: settings.leadDays, horizonDays: settings.horizonDays } as const;

describe('whether the data of a log suffice', () => {
  let folder: string;
  let quick: Sufficiency;
  let measured: Sufficiency;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refrain-sufficiency-'));
    await mkdir(join(folder, 'metrics'));
    await withLedger([await simulatedLog(80, 56, 3)], async (engine) => {
      const times = await engine.query('select min(first_time) as first, max(last_time) as last from ledger');
      const span = { first: numbersOf(times, 'first')[0], last: numbersOf(times, 'last')[0] };
      const cutoffs = labelledCutoffs(span, settings);
      await engine.createTableAs('examples', examplesSql(features, cutoffs, label));
      const rows = await readExamples(engine, 'examples', features);
      const learners = ['logistic-regression'] as const;
      const learned = await learn(rows, { ...settings, learners }, engine, silentEffects);
      const source = { engine, features, label, span };
      const context = { effects: silentEffects };
      quick = await assessSufficiency(rows, learned, settings, undefined, context);
      measured = await assessSufficiency(rows, learned, settings, source, context);
    });
    await writeSufficiency(folder, measured);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is judged by what a run has, and measured where it is asked for', () => {
    expect(quick.verdict).toBe('insufficient');
    expect(quick.measured).toBeUndefined();
    expect(quick.criteria[2].words).toContain(`for ${features.length} features`);
    expect(measured.measured?.learner).toBe('logistic-regression');
    expect(measured.measured?.curves.map(({ of }) => of)).toEqual([
      'users',
      'training cutoffs',
      'days looked back',
    ]);
  });

  test('looks back to the beginning of the log in the end', () => {
    const lookBack = measured.measured?.curves[2].points ?? [];
    expect(lookBack.map(({ amount }) => amount)).toEqual([7, 14, 28, 44]);
    expect(new Set(lookBack.map(({ examples }) => examples)).size).toBe(1);
    const users = measured.measured?.curves[0].points ?? [];
    expect(lookBack.at(-1)?.rocAuc.value).toBe(users.at(-1)?.rocAuc.value);
    expect(lookBack[0].rocAuc.value).not.toBe(lookBack[3].rocAuc.value);
  });

  test('plans by tests of other sizes, this one among them', () => {
    const { lostUsersToTest } = measured.evidence;
    expect(measured.precision.filter(({ isThis }) => isThis).map(({ lostUsers }) => lostUsers)).toEqual([
      lostUsersToTest,
    ]);
    const widths = measured.precision.map(({ halfWidth }) => halfWidth);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  test('is written as tables, each with all its numbers', async () => {
    const [first] = plainCsv(join(folder, 'metrics', 'learning_curve.csv'));
    expect(first).toMatchObject({ learner: 'logistic-regression', of: 'users' });
    expect(Object.keys(first)).toEqual(
      expect.arrayContaining(['roc_auc_difference_low', 'roc_auc_simultaneous_high', 'average_precision']),
    );
    const ablation = plainCsv(join(folder, 'metrics', 'ablation.csv'));
    expect(new Set(ablation.map(({ kind }) => kind))).toEqual(new Set(['theme', 'window']));
    expect(await readFile(join(folder, 'metrics', 'sufficiency.csv'), 'utf8')).toMatch(
      /^criterion,verdict,words\n/,
    );
    expect(plainCsv(join(folder, 'metrics', 'auc_precision.csv')).length).toBe(measured.precision.length);
  });

  test('is in the report as it was judged', () => {
    const { verdict, criteria } = reportSufficiency(measured);
    expect({ verdict, criteria }).toEqual({ verdict: measured.verdict, criteria: measured.criteria });
    expect(reportSufficiency(measured).measured?.ablationFindings[0]).toMatch(/^\d+ comparisons were made/);
    expect(reportSufficiency(quick).measured).toBeUndefined();
  });
});

test('it is measured of forecasts alone', () => {
  const wanted = { ...quickRun, log: ['log.json'], out: 'run', sufficiency: true };
  expect(() => checkRunSettings({ ...wanted, protocol: 'retrospective' })).toThrow(
    'Whether data suffice is measured of forecasts',
  );
  expect(() => checkRunSettings(wanted)).not.toThrow();
});
