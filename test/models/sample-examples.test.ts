import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runFit } from '../../src/models/fit-task.ts';
import { withSettings } from '../../src/models/learners.ts';
import type { Examples } from '../../src/models/matrix.ts';
import { sampleExamples } from '../../src/models/sample-examples.ts';
import { selectExamples } from '../../src/models/select-examples.ts';
import { createRandom } from '../../src/random.ts';

/** Row i has the value i and the user i; so many of the rows, at random places, are lost. */
function examplesOf(rows: number, lost: number, seed = 1) {
  const places = createRandom(seed).shuffle(Int32Array.from({ length: rows }, (_, i) => i));
  const labels = new Uint8Array(rows);
  for (const place of places.subarray(0, lost)) labels[place] = 1;
  const values = Float64Array.from(labels.keys());
  return {
    matrix: { rows, names: ['x'], columns: [values] },
    labels,
    groups: Int32Array.from(values),
  };
}

const sampleOf = (examples: Examples, most: number, seed: number, takesWeights: boolean) =>
  sampleExamples(examples, Int32Array.from(examples.labels.keys()), most, seed, takesWeights);

const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);

describe('sampleExamples', () => {
  it('leaves examples as they are where they are no more', () => {
    const examples = examplesOf(10, 3);
    expect(sampleOf(examples, 10, 1, true)).toEqual(examples);
  });

  it('draws among the rows that are given alone', () => {
    const examples = examplesOf(300, 60);
    const rows = Int32Array.from(examples.labels.keys()).filter((row) => row % 3 > 0);
    const { groups } = sampleExamples(examples, rows, 80, 1, true);
    expect(groups.length).toBe(80);
    expect(groups.every((row) => row % 3 > 0)).toBe(true);
    expect(sampleExamples(examples, rows, 200, 1, true)).toEqual(selectExamples(examples, rows));
  });

  it('keeps all of the rarer outcome, and weighs the rest for those that it stands for', () => {
    const examples = examplesOf(1000, 50);
    const { labels, groups, weights } = sampleOf(examples, 240, 1, true);
    expect(Array.from(groups).filter((_, i) => labels[i] === 1)).toEqual(
      Array.from(examples.labels.keys()).filter((row) => examples.labels[row] === 1),
    );
    expect(new Set(weights)).toEqual(new Set([1, 5]));
  });

  it('is of the size that is asked for, its weights add up to the outcomes as they were, and its rows keep order', () => {
    const cases = fc.record({
      lost: fc.integer({ min: 1, max: 199 }),
      most: fc.integer({ min: 2, max: 220 }),
      seed: fc.nat(),
      weighs: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ lost, most, seed, weighs }) => {
        const examples = examplesOf(200, lost, seed);
        const { matrix, labels, groups, weights } = sampleOf(examples, most, seed, weighs);
        expect(labels.length).toBe(Math.min(200, most));
        expect(new Set(labels)).toEqual(new Set([0, 1]));
        expect(Array.from(groups)).toEqual([...new Set(groups)].sort((a, b) => a - b));
        expect(Array.from(matrix.columns[0])).toEqual(Array.from(groups));
        expect(labels.every((label, i) => label === examples.labels[groups[i]])).toBe(true);
        if (weights === undefined) return;
        expect(sum(weights)).toBeCloseTo(200, 9);
        expect(sum(weights.filter((_, i) => labels[i] === 1))).toBeCloseTo(lost, 9);
      }),
    );
  });

  it('thins both outcomes alike for a learner without weights', () => {
    const { labels, weights } = sampleOf(examplesOf(1000, 100), 200, 1, false);
    expect(weights).toBeUndefined();
    expect(labels.filter((label) => label === 1).length).toBe(20);
  });

  it('multiplies the weights that rows have already', () => {
    const examples = { ...examplesOf(100, 10), weights: new Float64Array(100).fill(0.5) };
    const { labels, weights = new Float64Array(0) } = sampleOf(examples, 28, 1, true);
    expect(Array.from(weights)).toEqual(Array.from(labels, (label) => (label === 1 ? 0.5 : 2.5)));
  });

  it('leaves probabilities what they are: a learner’s mean prediction stays the share of all rows', () => {
    const examples = examplesOf(4000, 200);
    const rows = Int32Array.from(examples.labels.keys());
    for (const name of [
      'logistic-regression',
      'random-forest',
      'gradient-boosting',
      'extra-trees',
    ] as const) {
      const task = withSettings(name, name === 'logistic-regression' ? {} : { trees: 30 });
      const fit = { ...task, seed: 1, trainRows: rows, predictRows: rows, maxExamples: 800 };
      const { predictions } = runFit(examples, fit, () => 0);
      expect(sum(predictions) / 4000).toBeGreaterThan(0.04);
      expect(sum(predictions) / 4000).toBeLessThan(0.06);
    }
  });
});
