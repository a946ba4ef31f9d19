import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import { InputError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { evaluate } from '../../../src/evaluation/metrics.ts';
import { fitRecords } from '../../../src/pipeline/tables/fit-record.ts';
import { fitTable } from '../../../src/pipeline/tables/fit-table.ts';
import { readTableModel } from '../../../src/pipeline/tables/model-file.ts';
import { predictionsCsv, predictTable } from '../../../src/pipeline/tables/predict-table.ts';
import { defaultFitSettings, type FitTableSettings } from '../../../src/pipeline/tables/settings.ts';
import { createRandom } from '../../../src/random.ts';
import { inFolder } from '../../ingest/ingested.ts';
import { bytesOf } from '../files.ts';

/** A table of users with five rows each, of which the plan and the plays tell something, and the user a lot. */
function usersCsv(users: number, seed: number): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: users }, (_, user) => {
    const leaves = random.float() < 0.3;
    const plan = ['free', 'paid', ''][random.integer(3)];
    return Array.from({ length: 5 }, () => {
      const plays = random.integer(20) + (leaves ? 0 : 4) + (plan === 'paid' ? 2 : 0);
      const y = leaves && random.float() < 0.9 ? 1 : 0;
      return `user ${user},${plays},${plan},7,${y}`;
    }).join('\n');
  });
  return `user,plays,"plan, ""old""",same,left\n${lines.join('\n')}\n`;
}

const fast: Partial<FitTableSettings> = {
  learners: ['logistic-regression', 'naive-bayes'],
  replicates: 100,
  drop: ['user'],
};

/** Fits a table in a folder of its own. */
async function learn<T>(
  content: string,
  changes: Partial<FitTableSettings>,
  use: (result: Awaited<ReturnType<typeof fitTable>>, out: string, folder: string) => T | Promise<T>,
  test?: string,
): Promise<T> {
  return inFolder(async (folder) => {
    const table = join(folder, 'table.csv');
    await writeFile(table, content);
    if (test !== undefined) await writeFile(join(folder, 'test.csv'), test);
    const out = join(folder, 'fit');
    const settings = {
      ...{ ...defaultFitSettings, ...fast, table, out, label: 'left', ...changes },
      ...(test === undefined ? {} : { test: join(folder, 'test.csv') }),
    };
    return use(await fitTable(settings, silentEffects), out, folder);
  });
}

describe('a fit without a test table', () => {
  it('is judged out of fold, groups whole, by thresholds that other folds chose', async () => {
    await learn(usersCsv(60, 1), { group: 'user', drop: [] }, async ({ fitted, chosen, notes }, out) => {
      const [regression] = fitted;
      const { labels, groups, probabilities, thresholds } = regression.judgedRows;
      expect(new Set(thresholds).size).toBeGreaterThan(1);
      expect(new Set(groups).size).toBe(60);
      const records = fitRecords(fitted);
      const whole = evaluate(labels, probabilities, 0.5);
      const decisions = probabilities.map((p, row) => (p >= thresholds[row] ? 1 : 0));
      const decided = evaluate(labels, decisions, 0.5);
      expect(records['logistic-regression']).toMatchObject({
        ...{ rocAuc: whole.rocAuc, logLoss: whole.logLoss, brier: whole.brier },
        ...{ averagePrecision: whole.averagePrecision, f1: decided.f1, precision: decided.precision },
        ...{ recall: decided.recall, accuracy: decided.accuracy, threshold: regression.threshold },
      });
      expect(chosen.validationLogLoss).toBe(
        Math.min(...fitted.map(({ validationLogLoss }) => validationLogLoss)),
      );
      expect(notes).toEqual(['1 columns are not used: "same" (one value).']);
      const manifest = JSON.parse(await readFile(join(out, 'run.json'), 'utf8'));
      expect(manifest).toMatchObject({ command: 'fit', rows: 300, groups: 60, judgedBy: 'cross-validation' });
      expect(manifest.learners).toEqual(records);
    });
  });

  it('with one threshold for all is judged by that', async () => {
    await learn(usersCsv(40, 2), { threshold: 0.4 }, ({ fitted }) => {
      const { labels, probabilities, thresholds } = fitted[0].judgedRows;
      expect(new Set(thresholds)).toEqual(new Set([0.4]));
      expect(fitted[0].metrics.intervals.f1.value).toBe(evaluate(labels, probabilities, 0.4).f1);
    });
  });

  it('leaves what it learned in files, the same bytes for the same table and seed but in run.json', async () => {
    const files = () =>
      learn(usersCsv(40, 3), { learners: ['logistic-regression', 'naive-bayes', 'stack'] }, (_, out) =>
        bytesOf(out),
      );
    const [one, other] = [await files(), await files()];
    expect(Object.keys(one).sort()).toEqual([
      'metrics/calibrators.csv',
      'metrics/coefficients.csv',
      'metrics/columns.csv',
      'metrics/models.csv',
      'metrics/predictions.csv',
      'model-card.json',
      'model-card.md',
      'model.json',
      ...Object.keys(one)
        .filter((name) => name.startsWith('models/'))
        .sort(),
      'run.json',
    ]);
    expect({ ...one, 'run.json': '' }).toEqual({ ...other, 'run.json': '' });
    const card = JSON.parse(one['model-card.json']);
    const manifest = JSON.parse(one['run.json']);
    expect(card).toMatchObject({
      model: { learner: manifest.chosenModel, sha256: manifest.modelSha256, trials: 0 },
      data: { rows: 200, positive: manifest.positive, sha256: manifest.inputs[0].sha256 },
      evaluation: { by: 'cross-validation', rows: 200 },
    });
    expect(card.importance.map(({ feature }: { feature: string }) => feature)).toContain('plays');
    expect(one['model-card.md']).toContain(`\`${manifest.modelSha256}\``);
    expect(one['metrics/coefficients.csv']).toMatch(
      /^term,coefficient,standard_error,low,high,standardised\nplays,/,
    );
    expect(one['metrics/columns.csv']).toContain('logistic-regression,same,,,not used: one value,0');
  });
});

describe('a fit with a test table', () => {
  it('is judged by it, notes groups that both have, and predicts the same from its file', async () => {
    const test = usersCsv(30, 5).replace('same', 'other');
    const changes = { group: 'user', drop: ['same'] };
    await learn(
      usersCsv(60, 4),
      changes,
      async ({ fitted, chosen, notes }, out, folder) => {
        expect(chosen.judgedRows.labels).toHaveLength(150);
        expect(notes).toEqual([
          expect.stringContaining('they are not used: other.'),
          expect.stringContaining('30 groups stand in both tables'),
        ]);
        const settings = { table: join(folder, 'test.csv'), model: out, keep: ['user'] };
        const predicted = await predictTable(settings, silentEffects);
        expect(predicted.probabilities).toEqual(chosen.judgedRows.probabilities);
        const lines = predictionsCsv(predicted).split('\n');
        expect(lines[0]).toBe('row,user,probability,predicted');
        const [p] = predicted.probabilities;
        expect(lines[1]).toBe(`1,user 0,${p},${p >= chosen.threshold ? 1 : 0}`);
        const other = fitted.find((one) => one !== chosen);
        const path = join(out, 'models', `${other?.name}.json`);
        const again = await predictTable({ ...settings, model: path }, silentEffects);
        expect(again.probabilities).toEqual(other?.judgedRows.probabilities);
      },
      test,
    );
  });

  it('and one learner with a threshold is fitted once', async () => {
    const changes = { learners: ['logistic-regression'], threshold: 0.5 } as const;
    await learn(
      usersCsv(40, 6),
      changes,
      ({ fitted }) => {
        expect(fitted[0].foldModels).toEqual([]);
        expect(fitted[0].metrics.intervals.rocAuc.value).toBeGreaterThan(0.5);
      },
      usersCsv(20, 7),
    );
  });

  it('refuses a test table with another label, or without a column', async () => {
    const failed = (test: string) => learn(usersCsv(40, 6), {}, () => {}, test);
    await expect(failed(usersCsv(4, 1).replace(/,0\n/, ',2\n'))).rejects.toThrow(
      /label of row \d+ .* is "2"/,
    );
    await expect(failed(usersCsv(4, 1).replace('plays', 'songs'))).rejects.toThrow(InputError);
  });
});

describe('learners', () => {
  test('settings, weights and transformations reach them', async () => {
    const content = usersCsv(40, 8).replaceAll('\n', ',2\n').replace(',2\n', ',w\n');
    const changes = {
      learners: ['logistic-regression'],
      changes: { 'logistic-regression': { C: 0.5, l1Ratio: 1 } },
      preparation: {
        ...defaultFitSettings.preparation,
        scale: 'quantile-normal',
        impute: 'mean',
        encode: 'target',
      },
      weight: 'w',
    } as const;
    await learn(content, changes, async (_, out) => {
      const { model } = await readTableModel(out);
      expect(model.kind).toBe('prepared');
      if (model.kind !== 'prepared') return;
      expect(model.preparation.columns.map(({ name, part }) => [name, part])).toEqual([
        ['plays', 'value'],
        ['rate of plan, "old"', 'rate'],
      ]);
      expect(model.preparation.columns[0]).toMatchObject({ scaling: { kind: 'quantile', normal: true } });
    });
  });

  test.each([
    [{ learners: ['random-forest', 'stack'] }, /two/],
    [{ changes: { 'random-forest': {} } }, /settings for "random-forest", which is not among the learners/],
    [{ changes: { 'naive-bayes': { oops: 1 } } }, /oops/],
    [{ learners: ['decision-tree'], weight: 'plays' }, /decision-tree take no weights/],
    [{ preparation: { ...defaultFitSettings.preparation, encode: 'native' } }, /take numbers alone/],
  ] as const)('%j is refused before any work', async (changes, message) => {
    const failed = learn(usersCsv(10, 1), changes as Partial<FitTableSettings>, () => {});
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(UsageError);
  });

  test('a table with too few groups of an outcome, and one whose columns say nothing, give nothing to learn', async () => {
    const lonely = 'left,x\n1,1\n0,2\n0,3\n0,4\n';
    await expect(learn(lonely, { drop: [] }, () => {})).rejects.toThrow(
      /1 have a positive row and 3 a negative one/,
    );
    const nothing = 'left,x\n1,5\n0,5\n0,5\n1,5\n';
    await expect(learn(nothing, { drop: [] }, () => {})).rejects.toBeInstanceOf(NothingToLearnError);
  });

  test('more columns than rows are learned from', async () => {
    const names = Array.from({ length: 80 }, (_, j) => `x${j}`);
    const random = createRandom(2);
    const lines = Array.from({ length: 24 }, (_, i) => [i % 2, ...names.map(() => random.float())].join(','));
    await learn(`left,${names.join(',')}\n${lines.join('\n')}\n`, { drop: [] }, ({ fitted }) => {
      for (const { metrics } of fitted) expect(metrics.intervals.logLoss.value).toBeLessThan(50);
    });
  });
});

test('a model of something else is refused', async () => {
  await inFolder(async (folder) => {
    const table = join(folder, 'table.csv');
    await writeFile(table, 'x\n1\n');
    await writeFile(join(folder, 'model.json'), '{"format":1}');
    const failed = predictTable({ table, model: folder, keep: [] }, silentEffects);
    await expect(failed).rejects.toThrow(/no model of a table/);
  });
});
