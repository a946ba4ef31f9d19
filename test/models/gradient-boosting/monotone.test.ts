import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { gradientBoosting } from '../../../src/models/gradient-boosting/learner.ts';
import type { Examples } from '../../../src/models/matrix.ts';
import { logOddsOfBoosting } from '../../../src/models/tree/ensemble.ts';
import { createRandom } from '../../../src/random.ts';
import { rocAuc, synthetic, withCategory } from '../synthetic.ts';

const settings = {
  ...gradientBoosting.defaults,
  trees: 20,
  minSamplesLeaf: 5,
  l2: 1,
  subsample: 1,
  columnSample: 1,
};

/** How log-odds change where feature `name` alone steps up a grid, at some rows. */
function steps(
  examples: Examples,
  monotone: Record<string, 'increasing' | 'decreasing'>,
  name: string,
): number[] {
  const model = gradientBoosting.fit(examples, { ...settings, monotone }, 1);
  const { matrix } = examples;
  const j = matrix.names.indexOf(name);
  const grid = Float64Array.from({ length: 25 }, (_, k) => k / 4 - 3);
  return [3, 50, 99, 120].flatMap((row) => {
    const columns = matrix.columns.map((column, f) => (f === j ? grid : grid.map(() => column[row])));
    const logOdds = logOddsOfBoosting(model, { ...matrix, rows: 25, columns });
    return Array.from(logOdds.subarray(1), (x, k) => x - logOdds[k]);
  });
}

describe('monotone constraints', () => {
  it('hold for any data, whatever other features do', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const examples = synthetic(150, seed);
        const monotone = { a: 'increasing', gap: 'decreasing' } as const;
        expect(Math.min(...steps(examples, monotone, 'a'))).toBeGreaterThanOrEqual(0);
        expect(Math.max(...steps(examples, monotone, 'gap'))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 12 },
    );
  });

  it('bind: without them the same data goes both ways', () => {
    const free = steps(synthetic(400, 7), {}, 'b');
    expect(Math.min(...free)).toBeLessThan(0);
    expect(Math.max(...free)).toBeGreaterThan(0);
  });

  it('cost nothing where the truth is monotone', () => {
    const random = createRandom(5);
    const x = Float64Array.from({ length: 600 }, () => random.float());
    const labels = Uint8Array.from(x, (value) => (random.float() < value ** 2 ? 1 : 0));
    const examples = {
      matrix: { rows: 600, names: ['x'], columns: [x] },
      labels,
      groups: new Int32Array(600),
    };
    const model = gradientBoosting.fit(examples, { ...settings, monotone: { x: 'increasing' } }, 1);
    expect(rocAuc(labels, logOddsOfBoosting(model, examples.matrix))).toBeGreaterThan(0.8);
    const against = gradientBoosting.fit(examples, { ...settings, monotone: { x: 'decreasing' } }, 1);
    expect(rocAuc(labels, logOddsOfBoosting(against, examples.matrix))).toBeLessThan(0.6);
  });

  it('are refused for a category and for a feature that is not there', () => {
    const attempt = (monotone: Record<string, 'increasing'>) => () =>
      gradientBoosting.fit(withCategory(60, 1), { ...settings, monotone }, 1);
    expect(attempt({ plan: 'increasing' })).toThrow(UsageError);
    expect(attempt({ plan: 'increasing' })).toThrow(/category/);
    expect(attempt(Object.fromEntries<'increasing'>([['toString', 'increasing']]))).toThrow(/"toString"/);
  });
});
