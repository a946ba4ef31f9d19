import { describe, expect, it } from 'vitest';
import { InputError, NothingToLearnError, UsageError } from '../../src/errors.ts';
import { fitLearner, type LearnerSettings, learners } from '../../src/models/learners.ts';
import { predict } from '../../src/models/model.ts';
import { examplesOf } from './synthetic.ts';

const tasks: LearnerSettings[] = [
  { learner: 'logistic-regression', settings: learners['logistic-regression'].defaults },
  { learner: 'random-forest', settings: { ...learners['random-forest'].defaults, trees: 3 } },
  { learner: 'gradient-boosting', settings: { ...learners['gradient-boosting'].defaults, trees: 3 } },
];

const alternating = (rows: number) => Array.from({ length: rows }, (_, i) => i % 2);
const ascending = (rows: number) => Array.from({ length: rows }, (_, i) => i);

describe.each(tasks)('$learner', (task) => {
  it('finds nothing to learn in no rows', () => {
    expect(() => fitLearner(examplesOf({ x: [] }, []), task, 1)).toThrow(NothingToLearnError);
  });

  it('finds nothing to learn when nobody was lost', () => {
    const examples = examplesOf({ x: ascending(50) }, new Array(50).fill(0));
    expect(() => fitLearner(examples, task, 1)).toThrow(/50 examples stayed/);
    expect(() => fitLearner(examples, task, 1)).toThrow(NothingToLearnError);
  });

  it('finds nothing to learn when everybody was lost', () => {
    expect(() => fitLearner(examplesOf({ x: ascending(50) }, new Array(50).fill(1)), task, 1)).toThrow(
      NothingToLearnError,
    );
  });

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d and names the column', (x) => {
    const examples = examplesOf({ fine: ascending(50), bad: [...ascending(49), x] }, alternating(50));
    expect(() => fitLearner(examples, task, 1)).toThrow(/Row 49 of the feature "bad"/);
    expect(() => fitLearner(examples, task, 1)).toThrow(InputError);
  });

  it('refuses a label that is neither 0 nor 1', () => {
    const examples = examplesOf({ x: ascending(3) }, [0, 2, 1]);
    expect(() => fitLearner(examples, task, 1)).toThrow(/label of row 1 is 2/);
  });

  it('refuses sizes that disagree', () => {
    const examples = examplesOf({ x: ascending(4) }, [0, 1, 0]);
    expect(() => fitLearner(examples, task, 1)).toThrow(InputError);
  });

  it('refuses a feature that stands twice', () => {
    const { matrix, labels, groups } = examplesOf({ x: ascending(4), y: ascending(4) }, [0, 1, 0, 1]);
    const twice = { matrix: { ...matrix, names: ['x', 'x'] }, labels, groups };
    expect(() => fitLearner(twice, task, 1)).toThrow(/"x" stands twice/);
  });

  it('predicts the base rate from columns that say nothing', () => {
    const columns = { missing: new Array(60).fill(Number.NaN), constant: new Array(60).fill(3) };
    const examples = examplesOf(columns, alternating(60));
    const [first, ...others] = predict(fitLearner(examples, task, 1), examples.matrix);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(Math.abs(first - 0.5)).toBeLessThan(0.1);
  });
});

describe('settings', () => {
  it.each<LearnerSettings>([
    { learner: 'logistic-regression', settings: { C: 0, classWeight: 'none' } },
    { learner: 'logistic-regression', settings: { C: Number.NaN, classWeight: 'none' } },
    { learner: 'random-forest', settings: { ...learners['random-forest'].defaults, trees: 0 } },
    { learner: 'random-forest', settings: { ...learners['random-forest'].defaults, maxDepth: 31 } },
    { learner: 'gradient-boosting', settings: { ...learners['gradient-boosting'].defaults, subsample: 1.5 } },
    { learner: 'gradient-boosting', settings: { ...learners['gradient-boosting'].defaults, maxLeaves: 1 } },
  ])('out of range are refused: $learner $settings', (task) => {
    expect(() => fitLearner(examplesOf({ x: [1, 2] }, [0, 1]), task, 1)).toThrow(UsageError);
  });
});
