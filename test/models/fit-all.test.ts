import { describe, expect, it } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../src/effects.ts';
import { InterruptedError, NothingToLearnError, UsageError } from '../../src/errors.ts';
import { fitAll } from '../../src/models/fit-all.ts';
import { type FitTask, runFit } from '../../src/models/fit-task.ts';
import { learners } from '../../src/models/learners.ts';
import { head, synthetic } from './synthetic.ts';

const examples = synthetic(400, 51);
const range = (start: number, end: number) => Int32Array.from({ length: end - start }, (_, i) => start + i);
const rows = { seed: 3, trainRows: range(0, 300), predictRows: range(300, 400) };
const tasks: FitTask[] = [
  {
    learner: 'gradient-boosting',
    settings: { ...learners['gradient-boosting'].defaults, trees: 20 },
    ...rows,
  },
  { learner: 'logistic-regression', settings: learners['logistic-regression'].defaults, ...rows },
  { learner: 'random-forest', settings: { ...learners['random-forest'].defaults, trees: 8 }, ...rows },
  {
    learner: 'logistic-regression',
    settings: { C: 10, classWeight: 'balanced' },
    ...rows,
    predictRows: range(0, 0),
  },
];

describe('fitAll', () => {
  it('gives the same models and predictions at any number of threads, in the order of the tasks', async () => {
    const inline = tasks.map((task) => runFit(examples, task, () => 0));
    for (const threads of [1, 2, 5]) {
      const results = await fitAll(tasks, examples, { ...silentEffects, threads });
      expect(results.map(({ model }) => JSON.stringify(model))).toEqual(
        inline.map(({ model }) => JSON.stringify(model)),
      );
      expect(results.map(({ predictions }) => predictions)).toEqual(
        inline.map(({ predictions }) => predictions),
      );
    }
  });

  it('measures the seconds of each fit', async () => {
    const [{ fitSeconds, predictSeconds }] = await fitAll(tasks.slice(0, 1), examples, silentEffects);
    expect(fitSeconds).toBeGreaterThan(0);
    expect(predictSeconds).toBeGreaterThan(0);
  });

  it('tells how many fits are done', async () => {
    const events: ProgressEvent[] = [];
    await fitAll(tasks, examples, { ...silentEffects, threads: 2, progress: (event) => events.push(event) });
    expect(events).toEqual([1, 2, 3, 4].map((done) => ({ stage: 'fitting', done, total: 4, unit: 'fits' })));
  });

  it('takes no tasks', async () => {
    expect(await fitAll([], examples, silentEffects)).toEqual([]);
  });

  it('ends at once when it is interrupted in the middle of a fit', async () => {
    const endless: FitTask = {
      ...rows,
      learner: 'random-forest',
      settings: { ...learners['random-forest'].defaults, trees: 10_000, minSamplesLeaf: 1, maxDepth: 30 },
    };
    const controller = new AbortController();
    const fits = fitAll([tasks[1], endless, endless], examples, {
      threads: 2,
      signal: controller.signal,
      progress: () => controller.abort(),
    });
    await expect(fits).rejects.toThrow(InterruptedError);
  });

  it('does not begin when it is interrupted before', async () => {
    await expect(fitAll(tasks, examples, { ...silentEffects, signal: AbortSignal.abort() })).rejects.toThrow(
      InterruptedError,
    );
  });

  it('passes on what a learner throws, with its class and details', async () => {
    const wrong: FitTask = {
      ...rows,
      learner: 'logistic-regression',
      settings: { C: -1, classWeight: 'none' },
    };
    const fits = fitAll([tasks[0], wrong, tasks[2]], examples, { ...silentEffects, threads: 2 });
    await expect(fits).rejects.toThrow(UsageError);
    await expect(fits).rejects.toMatchObject({ details: { learner: 'logistic-regression' } });
    const stayed = { ...examples, labels: new Uint8Array(400) };
    await expect(fitAll(tasks, stayed, silentEffects)).rejects.toThrow(NothingToLearnError);
  });

  it('refuses rows that are not there', async () => {
    const outside = { ...tasks[1], predictRows: Int32Array.of(0, 400) };
    await expect(fitAll([outside], examples, silentEffects)).rejects.toThrow('predictRows holds row 400');
  });

  it('reads columns that already are shared where they are', async () => {
    const { matrix, labels, groups } = head(examples, 0, 400);
    const columns = matrix.columns.map((column) => {
      const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
      shared.set(column);
      return shared;
    });
    const [result] = await fitAll(
      [tasks[1]],
      { matrix: { ...matrix, columns }, labels, groups },
      silentEffects,
    );
    expect(result.predictions).toEqual(runFit(examples, tasks[1], () => 0).predictions);
  });
});
