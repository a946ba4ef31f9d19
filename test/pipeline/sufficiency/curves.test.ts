import { beforeAll, describe, expect, it } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import type { Feature } from '../../../src/features/feature.ts';
import { runFit } from '../../../src/models/fit-task.ts';
import { ablate } from '../../../src/pipeline/sufficiency/ablation.ts';
import { cutoffCurve, doublings } from '../../../src/pipeline/sufficiency/cutoff-curve.ts';
import { predictWays, wholeWay } from '../../../src/pipeline/sufficiency/predict-ways.ts';
import { userCurve } from '../../../src/pipeline/sufficiency/user-curve.ts';
import { madeRows, madeTrial } from './trials.ts';

const trial = madeTrial(madeRows(320, 6, 1));
const { rows, split } = trial;

describe('predictWays', () => {
  const { trainRows } = wholeWay(trial);
  const narrow = { trainRows, columns: [0, 1] };
  let byWhole: Float64Array;
  let byNarrow: Float64Array;

  beforeAll(async () => {
    [byWhole, byNarrow] = await predictWays([wholeWay(trial), narrow], trial, silentEffects);
  });

  it('by the whole way is what the plan’s own fits predict', () => {
    const { matrix, labels } = rows;
    const probabilities = new Float64Array(labels.length);
    for (const fit of split.plan.fits) {
      const task = { ...trial.learner, seed: 1, ...fit };
      const { predictions } = runFit({ matrix, labels, groups: split.groups }, task, () => 0);
      fit.predictRows.forEach((row, i) => {
        probabilities[row] = predictions[i];
      });
    }
    expect(byWhole).toEqual(Float64Array.from(split.plan.testRows, (row) => probabilities[row]));
  });

  it('sees the columns that it is given and no other', async () => {
    const columns = rows.matrix.columns.with(2, Float64Array.from(rows.labels));
    const leaky = { ...trial, rows: { ...rows, matrix: { ...rows.matrix, columns } } };
    expect(await predictWays([narrow], leaky, silentEffects)).toEqual([byNarrow]);
    expect(byNarrow).not.toEqual(byWhole);
  });
});

describe('userCurve', () => {
  it('ends with all users, on the same test rows, and is the same at any number of threads', async () => {
    const curve = await userCurve(trial, silentEffects);
    expect(await userCurve(trial, { ...silentEffects, threads: 2 })).toEqual(curve);
    const { of, points } = curve;
    expect(of).toBe('users');
    expect(points.map(({ rocAuc }) => rocAuc.draws.length)).toEqual([...points.slice(1).map(() => 5), 1]);
    expect(points.length).toBeGreaterThan(1);
    const all = points[points.length - 1];
    expect(all.amount).toBe(new Set(Array.from(split.plan.validationRows, (row) => rows.users[row])).size);
    expect(all.rocAuc.difference).toEqual({ value: 0, low: 0, high: 0 });
    points.slice(0, -1).forEach(({ amount, lostUsers, rocAuc }, i) => {
      expect(amount / all.amount).toBeCloseTo(2 ** (i + 1 - points.length), 1);
      expect(lostUsers / all.lostUsers).toBeCloseTo(2 ** (i + 1 - points.length), 1);
      expect(rocAuc.difference.value).toBeCloseTo(rocAuc.value - all.rocAuc.value, 12);
    });
  });

  it('leaves out sizes at which a fit would learn from fewer than five lost users', async () => {
    const { points } = await userCurve(madeTrial(madeRows(60, 4, 2)), silentEffects);
    expect(points).toHaveLength(1);
  });
});

describe('cutoffCurve', () => {
  it('takes the latest cutoffs and ends with all', async () => {
    const { points } = await cutoffCurve(trial, silentEffects);
    const training = split.cutoffs.filter(({ role }) => role === 'train');
    expect(points.at(-1)).toMatchObject({
      amount: training.length,
      examples: split.plan.validationRows.length,
    });
    const [first] = points;
    expect(first.examples).toBe(
      training.slice(-first.amount).reduce((sum, { examples }) => sum + examples, 0),
    );
  });

  it('doubles', () => {
    expect(doublings(7, 60)).toEqual([7, 14, 28, 56]);
    expect(doublings(1, 4)).toEqual([1, 2]);
    expect(doublings(1, 1)).toEqual([]);
  });
});

describe('ablate', () => {
  const feature = (name: string, theme: string): Feature => ({
    name,
    theme,
    unit: '',
    meaning: '',
    formula: '',
    sql: '',
  });

  it('finds that what tells is missed, that its echo stands in for it, and that noise is not', async () => {
    const features = [feature('telling', 'signal'), feature('echo_7d', 'signal'), feature('noise', 'noise')];
    const found = await ablate(trial, features, silentEffects);
    expect(found.map(({ kind, group, use, features: count }) => [kind, group, use, count])).toEqual([
      ['theme', 'signal', 'without', 2],
      ['theme', 'signal', 'only', 2],
      ['theme', 'noise', 'without', 1],
      ['theme', 'noise', 'only', 1],
      ['window', 'no window', 'without', 2],
      ['window', 'no window', 'only', 2],
      ['window', 'in the last 7 days', 'without', 1],
      ['window', 'in the last 7 days', 'only', 1],
    ]);
    const [withoutSignal, onlySignal, withoutNoise] = found.map(({ rocAuc }) => rocAuc);
    expect(withoutSignal.simultaneous.high).toBeLessThan(0);
    expect(onlySignal.difference.value).toBe(withoutNoise.difference.value);
    expect(Math.abs(onlySignal.difference.value)).toBeLessThan(0.05);
  });

  it('leaves out a group of all features', async () => {
    const features = ['telling', 'echo', 'noise'].map((name) => feature(name, 'one'));
    expect(await ablate(trial, features, silentEffects)).toEqual([]);
  });
});
