import { describe, expect, it } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../src/effects.ts';
import { UsageError } from '../../src/errors.ts';
import { fitAll } from '../../src/models/fit-all.ts';
import { type FitTask, runFit } from '../../src/models/fit-task.ts';
import { learners } from '../../src/models/learners.ts';
import { synthetic, withCategory } from './synthetic.ts';

const examples = withCategory(400, 52);
const range = (start: number, end: number) => Int32Array.from({ length: end - start }, (_, i) => start + i);
const rows = { seed: 3, trainRows: range(0, 300), predictRows: range(300, 400) };
const boosting = { ...learners['gradient-boosting'].defaults, trees: 8, minSamplesLeaf: 5, l2: 1 };
const forest = { ...learners['random-forest'].defaults, trees: 5, minSamplesLeaf: 5 };

const tasks: [name: string, task: FitTask][] = [
  [
    'boosting',
    { learner: 'gradient-boosting', settings: { ...boosting, subsample: 1, columnSample: 1 }, ...rows },
  ],
  ['boosting on samples', { learner: 'gradient-boosting', settings: boosting, ...rows }],
  [
    'boosting with constraints and early stopping',
    {
      learner: 'gradient-boosting',
      settings: { ...boosting, trees: 30, monotone: { a: 'increasing' }, earlyStoppingRounds: 3 },
      ...rows,
    },
  ],
  ['a random forest', { learner: 'random-forest', settings: forest, ...rows }],
  ['extra trees', { learner: 'extra-trees', settings: { ...forest, sample: 'all' }, ...rows }],
];

describe('a fit that a team of threads shares', () => {
  it.each(tasks)('gives the same bytes with 1, 2 and 4 threads: %s', async (_, task) => {
    const inline = runFit(examples, task, () => 0);
    for (const threads of [1, 2, 4]) {
      const [{ model, predictions }, ...more] = await fitAll([task], examples, { ...silentEffects, threads });
      expect(JSON.stringify(model)).toBe(JSON.stringify(inline.model));
      expect(predictions).toEqual(inline.predictions);
      expect(more).toEqual([]);
    }
  });

  it('counts as one, beside others that cannot be shared', async () => {
    const events: ProgressEvent[] = [];
    const linear: FitTask = {
      learner: 'logistic-regression',
      settings: learners['logistic-regression'].defaults,
      ...rows,
    };
    const effects = { ...silentEffects, threads: 5, progress: (event: ProgressEvent) => events.push(event) };
    const results = await fitAll([tasks[0][1], linear], synthetic(400, 53), effects);
    expect(results.map(({ model }) => model.kind)).toEqual(['gradient-boosting', 'logistic-regression']);
    expect(events.at(-1)).toEqual({ stage: 'fitting', done: 2, total: 2, unit: 'fits' });
  });

  it('ends with what a learner throws', async () => {
    const wrong: FitTask = { learner: 'gradient-boosting', settings: { ...boosting, l2: -1 }, ...rows };
    await expect(fitAll([wrong], examples, { ...silentEffects, threads: 2 })).rejects.toThrow(UsageError);
    const absent: FitTask = {
      learner: 'gradient-boosting',
      settings: { ...boosting, monotone: { nowhere: 'increasing' } },
      ...rows,
    };
    const fit = fitAll([absent], examples, { ...silentEffects, threads: 2 });
    await expect(fit).rejects.toThrow(/"nowhere"/);
  });
});
