import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { InterruptedError, UsageError } from '../../src/errors.ts';
import { withSettings } from '../../src/models/learners.ts';
import { contextOf } from '../../src/tuning/context.ts';
import { fitFold } from '../../src/tuning/fold-fit.ts';
import { TrialLog } from '../../src/tuning/trial-log.ts';
import { tune } from '../../src/tuning/tune.ts';
import { synthetic } from '../models/synthetic.ts';

const examples = synthetic(400, 5);
const rows = Array.from(examples.labels.keys());
const folds = [0, 1, 2].map((fold) => ({
  trainRows: Int32Array.from(rows.filter((row) => row % 3 !== fold)),
  validationRows: Int32Array.from(rows.filter((row) => row % 3 === fold)),
}));
const data = { examples, folds };
const names = ['logistic-regression', 'random-forest'] as const;
const effects = (threads: number) => ({ ...silentEffects, threads });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-tune-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('tuning', () => {
  it('chooses the same settings at any number of threads, none worse than the defaults', async () => {
    const one = await tune(names, data, { trials: 4, seed: 1 }, effects(1));
    const three = await tune(names, data, { trials: 4, seed: 1 }, effects(3));
    expect(three).toEqual(one);
    expect([...one.keys()]).toEqual([...names]);
    for (const { settings, trials } of one.values()) {
      const chosen = trials.find(({ state }) => state === 'chosen');
      expect(chosen?.settings).toEqual(settings);
      expect(chosen?.logLoss).toBeLessThanOrEqual(trials[0].logLoss);
      expect(trials.reduce((sum, trial) => sum + trial.folds, 0)).toBeLessThanOrEqual(12);
    }
  });

  it.each([undefined, 60])(
    'judges by the log loss of all validation rows, fitting on %s examples',
    async (maxExamples) => {
      const settings = { trials: 1, seed: 1, ...(maxExamples === undefined ? {} : { maxExamples }) };
      const tuned = await tune(['logistic-regression'], data, settings, effects(1));
      const task = { ...withSettings('logistic-regression'), seed: 1, maxExamples };
      const losses = folds.map((_, fold) => fitFold(data, { ...task, fold }));
      const sizes = folds.map(({ validationRows }) => validationRows.length);
      const mean = losses.reduce((sum, loss, fold) => sum + loss * sizes[fold], 0) / rows.length;
      const [trial] = tuned.get('logistic-regression')?.trials ?? [];
      expect(trial).toMatchObject({ state: 'chosen', folds: 3, settings: { C: 0.03 } });
      expect(trial.logLoss).toBeCloseTo(mean, 12);
      const others = { ...task, maxExamples: maxExamples === undefined ? 60 : undefined };
      expect(fitFold(data, { ...others, fold: 0 })).not.toBeCloseTo(losses[0], 12);
    },
  );

  it('goes on where it was interrupted, and ends as if it had not been', async () => {
    const path = join(folder, 'trials.jsonl');
    const open = () => TrialLog.open(path, contextOf(data, { seed: 1 }));
    const lines = async () => (await readFile(path, 'utf8')).trim().split('\n');
    const controller = new AbortController();
    const progress = ({ done }: { done: number }) => {
      if (done === 7) controller.abort();
    };
    const interrupted = { ...effects(2), signal: controller.signal, progress };
    const settings = { trials: 4, seed: 1 };
    await expect(tune(names, data, { ...settings, log: await open() }, interrupted)).rejects.toThrow(
      InterruptedError,
    );
    const before = await lines();
    expect(before.length).toBeGreaterThanOrEqual(7);
    const resumed = await tune(names, data, { ...settings, log: await open() }, effects(2));
    const after = await lines();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(new Set(after).size).toBe(after.length);
    expect(resumed).toEqual(await tune(names, data, settings, effects(2)));
    await tune(names, data, { ...settings, log: await open() }, effects(2));
    expect(await lines()).toEqual(after);
  });

  it('leaves out a learner that has nothing to choose', async () => {
    expect(await tune(['baseline'], data, { trials: 4, seed: 1 }, effects(1))).toEqual(new Map());
  });

  it('shares the time among learners, each of which gets its defaults fitted', async () => {
    let clock = 0;
    const now = () => {
      clock += 1000;
      return clock;
    };
    const tuned = await tune(names, data, { seconds: 1, seed: 1 }, { ...effects(1), now });
    for (const { trials } of tuned.values()) expect(trials).toMatchObject([{ state: 'chosen', folds: 3 }]);
  });

  it.each([{}, { trials: 0 }, { trials: 1.5 }, { seconds: 0 }, { seconds: Number.NaN }])(
    'refuses %j as limits',
    async (limits) => {
      await expect(tune(names, data, { ...limits, seed: 1 }, effects(1))).rejects.toThrow(UsageError);
    },
  );
});

describe('the context of a trial', () => {
  const base = contextOf(data, { seed: 1 });
  it('is another one for other data, folds or seed', () => {
    const labels = examples.labels.slice();
    labels[9] = 1 - labels[9];
    const columns = examples.matrix.columns.map((column, j) => (j === 3 ? column.toReversed() : column));
    const others = [
      contextOf({ ...data, examples: { ...examples, labels } }, { seed: 1 }),
      contextOf({ ...data, examples: { ...examples, matrix: { ...examples.matrix, columns } } }, { seed: 1 }),
      contextOf({ ...data, folds: folds.toReversed() }, { seed: 1 }),
      contextOf(data, { seed: 2 }),
    ];
    expect(new Set([base, ...others]).size).toBe(5);
  });

  it('is the same for equal data', () => {
    expect(contextOf(structuredClone(data), { seed: 1 })).toBe(base);
  });
});
