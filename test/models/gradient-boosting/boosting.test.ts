import { describe, expect, it } from 'vitest';
import { NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { continueBoosting, gradientBoosting } from '../../../src/models/gradient-boosting/learner.ts';
import { holdOut } from '../../../src/models/gradient-boosting/validation.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { examplesOf, logLoss, rocAuc, synthetic, withCategory } from '../synthetic.ts';

const settings = { ...gradientBoosting.defaults, trees: 30, minSamplesLeaf: 5, l2: 1 };

describe('early stopping', () => {
  const examples = synthetic(600, 71);
  const greedy = { ...settings, trees: 150, learningRate: 0.3, maxLeaves: 20, earlyStoppingRounds: 8 };
  const stopped = gradientBoosting.fit(examples, greedy, 1);

  it('keeps the trees before the loss on held-out users stops falling', () => {
    const all = gradientBoosting.fit(examples, { ...greedy, earlyStoppingRounds: 1000 }, 1);
    expect(stopped.trees.length).toBeGreaterThan(2);
    expect(stopped.trees.length).toBeLessThan(60);
    const { validation } = holdOut(examples, greedy, 1);
    const lossAfter = (trees: number) => {
      const model = { ...all, trees: all.trees.slice(0, trees) };
      const p = predict(model, examples.matrix);
      return logLoss(
        examples.labels.filter((_, i) => validation.includes(i)),
        p.filter((_, i) => validation.includes(i)),
      );
    };
    expect(all.trees.slice(0, stopped.trees.length)).toEqual(stopped.trees);
    for (let trees = 1; trees <= stopped.trees.length + 8; trees++) {
      expect(lossAfter(trees)).toBeGreaterThanOrEqual(lossAfter(stopped.trees.length) - 1e-12);
    }
  });

  it('overfits less than all trees do', () => {
    const test = synthetic(600, 72);
    const all = gradientBoosting.fit(examples, { ...greedy, earlyStoppingRounds: 0 }, 1);
    expect(all.trees).toHaveLength(150);
    expect(logLoss(test.labels, predict(stopped, test.matrix))).toBeLessThan(
      logLoss(test.labels, predict(all, test.matrix)) - 0.05,
    );
  });

  it('sets aside whole users, of those ever lost as many as of others', () => {
    const groups = Int32Array.from({ length: 600 }, (_, i) => (i * 7) % 60);
    const labels = Uint8Array.from(groups, (user, i) => (user < 20 && i > 300 ? 1 : 0));
    const { training, validation } = holdOut(
      { ...examples, groups, labels },
      { ...settings, earlyStoppingRounds: 1 },
      5,
    );
    const users = (rows: Int32Array) => new Set(Array.from(rows, (row) => groups[row]));
    expect([...users(training)].filter((user) => users(validation).has(user))).toEqual([]);
    expect(training.length + validation.length).toBe(600);
    expect([...users(validation)].filter((user) => user < 20)).toHaveLength(4);
    expect([...users(validation)].filter((user) => user >= 20)).toHaveLength(8);
  });

  it('grows trees on the rows of the other users', () => {
    const { training } = holdOut(examples, greedy, 1);
    const { trees } = gradientBoosting.fit(examples, { ...greedy, subsample: 1 }, 1);
    expect(training.length).toBeLessThan(600);
    expect(new Set(trees.map(({ cover }) => cover[0]))).toEqual(new Set([training.length]));
  });

  it('says when it leaves one outcome only', () => {
    const examples = examplesOf({ x: [1, 2, 3, 4] }, [1, 1, 0, 0]);
    const groups = Int32Array.of(0, 1, 2, 3);
    const half = { ...settings, earlyStoppingRounds: 2, validationShare: 0.5 };
    expect(holdOut({ ...examples, groups }, half, 1).validation).toHaveLength(2);
    const oneUser = { ...examples, groups: Int32Array.of(0, 1, 1, 1) };
    const seeds = Array.from({ length: 12 }, (_, seed) => seed);
    const fits = seeds.map((seed) => () => gradientBoosting.fit(oneUser, half, seed));
    const isAside = (seed: number) => holdOut(oneUser, half, seed).validation.length === 3;
    expect(seeds.some(isAside)).toBe(true);
    for (const seed of seeds.filter(isAside)) expect(fits[seed]).toThrow(NothingToLearnError);
  });
});

describe('a warm start', () => {
  const examples = withCategory(400, 81);

  it.each([1, 0.5])(
    'gives what a fit of all trees at once gives, with a share of %f of the rows a tree',
    (subsample) => {
      const own = { ...settings, subsample };
      const half = gradientBoosting.fit(examples, { ...own, trees: 12 }, 3);
      const whole = gradientBoosting.fit(examples, own, 3);
      expect(half.trees).toHaveLength(12);
      expect(stringifyModel(continueBoosting(half, examples, own, 3))).toBe(stringifyModel(whole));
    },
  );

  it('goes on with other examples', () => {
    const more = withCategory(400, 82);
    const first = gradientBoosting.fit(examples, { ...settings, trees: 10 }, 3);
    const model = continueBoosting(first, more, settings, 3);
    expect(model.trees.slice(0, 10)).toEqual(first.trees);
    expect(logLoss(more.labels, predict(model, more.matrix))).toBeLessThan(
      logLoss(more.labels, predict(first, more.matrix)),
    );
  });

  it('is refused with other features or levels', () => {
    const model = gradientBoosting.fit(examples, { ...settings, trees: 2 }, 3);
    expect(() => continueBoosting(model, synthetic(100, 1), settings, 3)).toThrow(UsageError);
    const { matrix } = examples;
    const levels = [...matrix.names.slice(1).map(() => undefined), ['a', 'b', 'c', 'd', 'e']];
    expect(() =>
      continueBoosting(model, { ...examples, matrix: { ...matrix, levels } }, settings, 3),
    ).toThrow(/levels/);
  });
});

describe('categories', () => {
  const examples = withCategory(600, 91);
  const { matrix } = examples;
  const all = { ...settings, subsample: 1, columnSample: 1 };
  const model = gradientBoosting.fit(examples, all, 1);

  it('are split by sets of levels, and come back from JSON', () => {
    const sets = model.trees.flatMap((tree) => (tree.sets ?? []).filter((set) => set !== null));
    expect(sets.length).toBeGreaterThan(3);
    const parsed = parseModel(JSON.parse(stringifyModel(model)));
    expect(predict(parsed, matrix)).toEqual(predict(model, matrix));
  });

  it('tell more in one split than the same codes taken for numbers', () => {
    const plan = (one: typeof examples, levels: typeof matrix.levels) => ({
      ...one,
      matrix: { rows: 600, names: ['plan'], columns: [one.matrix.columns[5]], levels },
    });
    const test = withCategory(600, 92);
    const stump = { ...all, trees: 1, maxLeaves: 2 };
    const judge = (levels: typeof matrix.levels) => {
      const one = gradientBoosting.fit(plan(examples, levels), stump, 1);
      return rocAuc(test.labels, predict(one, plan(test, levels).matrix));
    };
    expect(judge([matrix.levels?.[5]])).toBeGreaterThan(judge(undefined) + 0.05);
  });

  it('may be coded otherwise in the rows to predict, and a level that training did not have is missing', () => {
    const own = matrix.levels?.[5] ?? [];
    const turned = own.toReversed();
    const last = own.length - 1;
    const columns = matrix.columns.with(
      5,
      matrix.columns[5].map((code) => last - code),
    );
    const recoded = { ...matrix, columns, levels: matrix.levels?.with(5, turned) };
    expect(predict(model, recoded)).toEqual(predict(model, matrix));
    const fill = (code: number, levels: readonly string[]) => ({
      ...matrix,
      columns: matrix.columns.with(5, new Float64Array(600).fill(code)),
      levels: matrix.levels?.with(5, levels),
    });
    expect(predict(model, fill(0, ['unheard of']))).toEqual(predict(model, fill(Number.NaN, own)));
  });

  it('give the same trees whatever the order of the levels', () => {
    const own = matrix.levels?.[5] ?? [];
    const order = [3, 0, 4, 1, 2];
    const columns = matrix.columns.with(
      5,
      matrix.columns[5].map((code) => (Number.isNaN(code) ? code : order.indexOf(code))),
    );
    const levels = matrix.levels?.with(
      5,
      order.map((code) => own[code]),
    );
    const other = { ...examples, matrix: { ...matrix, columns, levels } };
    expect(predict(gradientBoosting.fit(other, all, 1), other.matrix)).toEqual(predict(model, matrix));
  });

  it('are not numbers to a model that was trained on numbers, nor the other way round', () => {
    expect(() => predict(model, { ...matrix, levels: undefined })).toThrow(/"plan" is a number/);
  });
});

describe('weights', () => {
  // Few values with many rows each, so that rows counted twice have the bins that they have once.
  const { matrix, labels } = synthetic(300, 95);
  const columns = matrix.columns.map((column) => column.map((x) => Math.round(Math.max(-2, Math.min(2, x)))));
  const examples = { matrix: { ...matrix, columns }, labels, groups: Int32Array.from(labels.keys()) };
  const fixed = {
    ...settings,
    trees: 8,
    subsample: 1,
    columnSample: 1,
    minSamplesLeaf: 1,
    minChildWeight: 2,
  };

  it('of 2 are as good as rows that stand twice', () => {
    const weights = Float64Array.from(labels, (_, i) => 1 + (i % 2));
    const rows = Array.from(labels.keys()).flatMap((i) => (i % 2 === 1 ? [i, i] : [i]));
    const doubled = {
      matrix: {
        ...matrix,
        rows: rows.length,
        columns: columns.map((column) => Float64Array.from(rows, (i) => column[i])),
      },
      labels: Uint8Array.from(rows, (i) => labels[i]),
      groups: Int32Array.from(rows),
    };
    const expected = predict(gradientBoosting.fit(doubled, fixed, 1), examples.matrix);
    predict(gradientBoosting.fit({ ...examples, weights }, fixed, 1), examples.matrix).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i], 7);
    });
  });

  it('all alike change nothing when the penalties grow with them', () => {
    const weights = new Float64Array(300).fill(4);
    const heavier = { ...fixed, l2: 4 * fixed.l2, minChildWeight: 4 * fixed.minChildWeight };
    const expected = predict(gradientBoosting.fit(examples, fixed, 1), examples.matrix);
    predict(gradientBoosting.fit({ ...examples, weights }, heavier, 1), examples.matrix).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i], 7);
    });
  });
});
