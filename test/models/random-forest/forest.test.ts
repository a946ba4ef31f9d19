import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { extraTrees } from '../../../src/models/extra-trees/learner.ts';
import { predict } from '../../../src/models/model.ts';
import { randomForest } from '../../../src/models/random-forest/learner.ts';
import { outOfBag } from '../../../src/models/random-forest/out-of-bag.ts';
import { drawSample, rowsByOutcome } from '../../../src/models/random-forest/sample.ts';
import { createRandom } from '../../../src/random.ts';
import { examplesOf, logLoss, rocAuc, withCategory } from '../synthetic.ts';

const examples = withCategory(500, 101);
const { labels, matrix } = examples;
const settings = { ...randomForest.defaults, trees: 40, minSamplesLeaf: 5 };
const lost = labels.reduce((sum, label) => sum + label, 0);

describe('a sample', () => {
  const draw = (sample: 'bootstrap' | 'balanced' | 'all', weights?: Float64Array) =>
    drawSample(createRandom(3), rowsByOutcome({ labels, weights }), { sample, classWeight: 'none' });
  const sumOf = (draws: Int32Array, outcome: number) =>
    draws.reduce((sum, count, i) => sum + (labels[i] === outcome ? count : 0), 0);

  it('of all rows has each once', () => {
    expect(new Set(draw('all'))).toEqual(new Set([1]));
  });

  it('that is balanced has as many draws of either outcome as the rarer has rows', () => {
    const draws = draw('balanced');
    expect([sumOf(draws, 0), sumOf(draws, 1)]).toEqual([lost, lost]);
  });

  it('draws rows as likely as they weigh, and never those without weight', () => {
    const weights = Float64Array.from(labels, (_, i) => (i < 250 ? 0 : i < 375 ? 1 : 3));
    for (const sample of ['bootstrap', 'balanced'] as const) {
      const draws = draw(sample, weights);
      const total = draws.reduce((sum, count) => sum + count, 0);
      expect(draws.subarray(0, 250).every((count) => count === 0)).toBe(true);
      const heavy = draws.subarray(375).reduce((sum, count) => sum + count, 0);
      expect(heavy / total).toBeGreaterThan(0.65);
      expect(heavy / total).toBeLessThan(0.85);
    }
    expect(() => draw('all', weights)).toThrow(UsageError);
    expect(() => draw('all', new Float64Array(500).fill(2))).toThrow(UsageError);
  });
});

describe('out-of-bag predictions', () => {
  const forest = randomForest.fit(examples, settings, 5);
  const { probabilities, logLoss: loss } = outOfBag(forest, examples, settings, 5);

  it('are of the trees that did not see the row', () => {
    const one = { ...forest, trees: forest.trees.slice(0, 1) };
    const ofOne = outOfBag(one, examples, { ...settings, trees: 1 }, 5).probabilities;
    const whole = predict(one, matrix);
    const out = Array.from(ofOne.keys()).filter((i) => !Number.isNaN(ofOne[i]));
    expect(out.length).toBeGreaterThan(150);
    expect(out.length).toBeLessThan(220);
    for (const i of out) expect(ofOne[i]).toBe(whole[i]);
  });

  it('tell what the forest will do on rows that it has not seen', () => {
    const test = withCategory(500, 102);
    const expected = logLoss(test.labels, predict(forest, test.matrix));
    expect(Math.abs(loss - expected)).toBeLessThan(0.06);
    expect(rocAuc(labels, probabilities)).toBeLessThan(rocAuc(labels, predict(forest, matrix)) - 0.05);
  });

  it('are refused where no row is out of a bag, and for another number of trees', () => {
    expect(() => outOfBag(forest, examples, { ...settings, sample: 'all' }, 5)).toThrow(UsageError);
    expect(() => outOfBag(forest, examples, { ...settings, trees: 3 }, 5)).toThrow(/40 trees/);
  });
});

describe('a balanced forest', () => {
  it('raises the probabilities of the rarer outcome, and still ranks', () => {
    const test = withCategory(500, 103);
    const mean = (p: Float64Array) => p.reduce((sum, x) => sum + x, 0) / p.length;
    const plain = predict(randomForest.fit(examples, settings, 5), test.matrix);
    const balanced = predict(randomForest.fit(examples, { ...settings, sample: 'balanced' }, 5), test.matrix);
    expect(mean(balanced)).toBeGreaterThan(mean(plain) + 0.1);
    expect(rocAuc(test.labels, balanced)).toBeGreaterThan(0.75);
  });

  it('takes no class weights beside the balanced sample', () => {
    const both = { ...settings, sample: 'balanced', classWeight: 'balanced' } as const;
    expect(() => randomForest.fit(examples, both, 5)).toThrow(/class weights enter the draw/);
  });
});

describe('extremely randomised trees', () => {
  const own = { ...extraTrees.defaults, trees: 40, minSamplesLeaf: 3 };
  const model = extraTrees.fit(examples, own, 7);

  it('rank rows that they have not seen', () => {
    const test = withCategory(500, 104);
    expect(rocAuc(test.labels, predict(model, test.matrix))).toBeGreaterThan(0.78);
  });

  it('see every row, and split categories by sets', () => {
    expect(model.trees.every(({ cover }) => cover[0] === 500)).toBe(true);
    expect(model.trees.some(({ sets }) => sets)).toBe(true);
  });

  it('cut anywhere between the lowest and the highest value', () => {
    const x = Array.from({ length: 60 }, (_, i) => i % 10);
    const { trees } = extraTrees.fit(
      examplesOf(
        { x },
        x.map((value) => (value > 4 ? 1 : 0)),
      ),
      { ...own, trees: 300, maxDepth: 1, minSamplesLeaf: 1 },
      1,
    );
    const cuts = new Set(trees.map(({ threshold }) => threshold[0]));
    expect([...cuts].sort((a, b) => a - b)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]);
  });

  it('part missing values from a constant', () => {
    const gap = Array.from({ length: 40 }, (_, i) => (i < 12 ? Number.NaN : 2));
    const telling = examplesOf(
      { gap },
      gap.map((value) => (Number.isNaN(value) ? 1 : 0)),
    );
    const p = predict(extraTrees.fit(telling, { ...own, trees: 5 }, 1), telling.matrix);
    expect([p[0], p[39]]).toEqual([1, 0]);
  });

  it('predict alike after a monotone transform', () => {
    const numbers = matrix.columns.map((column, j) => (j < 5 ? column.map((x) => Math.exp(3 * x)) : column));
    const bent = { ...examples, matrix: { ...matrix, columns: numbers } };
    expect(predict(extraTrees.fit(bent, own, 7), bent.matrix)).toEqual(predict(model, matrix));
  });
});
