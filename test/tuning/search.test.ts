import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.ts';
import { type FoldFit, type SearchProblem, search } from '../../src/tuning/search.ts';
import { bestTrial, estimatedLoss, meanLoss, weightsOf } from '../../src/tuning/trial.ts';

const space = {
  x: { kind: 'number', low: 0, high: 1, scale: 'linear' },
  y: { kind: 'number', low: 0.001, high: 1, scale: 'log' },
} as const;

/** A bowl with its least at x = .7, y = .01; folds differ by more than most settings do. */
function bowl({ settings: { x, y }, fold }: FoldFit): number {
  const z = Math.log10(Number(y)) + 2;
  return 1 + 0.5 * fold + (Number(x) - 0.7) ** 2 + 0.2 * z * z + 0.01 * Math.sin(50 * Number(x) + fold);
}

function problem(folds: number, changes: Partial<SearchProblem> = {}) {
  const asked: FoldFit[] = [];
  const evaluate = async (fits: readonly FoldFit[]) => {
    asked.push(...fits);
    return fits.map(bowl);
  };
  const weights = weightsOf(new Array(folds).fill(10));
  return { asked, problem: { space, defaults: { x: 0.1, y: 0.5 }, weights, evaluate, ...changes } };
}

const limits = (fits: number) => ({ fits, isTimeUp: () => false });

describe('a search', () => {
  it('begins with the defaults on all folds', async () => {
    const { problem: bowls, asked } = problem(5);
    const trials = await search(bowls, limits(5), 1);
    expect(trials).toEqual([{ ...trials[0], settings: { x: 0.1, y: 0.5 } }]);
    expect(asked.map(({ fold }) => fold)).toEqual([0, 1, 2, 3, 4]);
  });

  it('spends no more fits than it may, and hardly less', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 20 }),
        async (folds, trials) => {
          const { problem: bowls, asked } = problem(folds);
          await search(bowls, limits(folds * trials), 1);
          expect(asked.length).toBeLessThanOrEqual(folds * trials);
          expect(asked.length).toBeGreaterThan(folds * (trials - 1));
        },
      ),
      { numRuns: 10 },
    ));

  it('finds better settings than as many fits of settings drawn at random', async () => {
    const seeds = [1, 2, 3, 4];
    const { problem: bowls } = problem(5);
    const lossAt = (x: number, y: number) =>
      meanLoss(
        { settings: {}, losses: [0, 1, 2, 3, 4].map((fold) => bowl({ settings: { x, y }, fold })) },
        bowls.weights,
      );
    let found = 0;
    let drawn = 0;
    for (const seed of seeds) {
      const trials = await search(bowls, limits(150), seed);
      found += meanLoss(bestTrial(trials, bowls.weights), bowls.weights) / seeds.length;
      const random = createRandom(seed);
      const draws = Array.from({ length: 30 }, () => lossAt(random.float(), 0.001 ** random.float()));
      drawn += Math.min(...draws) / seeds.length;
    }
    expect(found - 2).toBeLessThan((drawn - 2) / 2);
  });

  it('lets half of a batch go on to the second fold, and half of those to the others', async () => {
    const { problem: bowls } = problem(5);
    const trials = await search(bowls, limits(5 + 18), 1);
    const counts = trials.slice(1).map(({ losses }) => losses.length);
    expect(counts.toSorted()).toEqual([1, 1, 1, 1, 2, 2, 5, 5]);
    const first = (losses: readonly number[]) => losses[0];
    const stopped = trials.slice(1).filter(({ losses }) => losses.length === 1);
    const others = trials.slice(1).filter(({ losses }) => losses.length > 1);
    const worst = Math.max(...others.map(({ losses }) => first(losses)));
    expect(Math.min(...stopped.map(({ losses }) => first(losses)))).toBeGreaterThanOrEqual(worst);
  });

  it('is the same again for the same seed, and another one for another', async () => {
    const run = (seed: number) => search(problem(3).problem, limits(60), seed);
    expect(await run(4)).toEqual(await run(4));
    expect(await run(4)).not.toEqual(await run(5));
  });

  it('goes the same way with a larger budget, only further', async () => {
    const run = (fits: number) => search(problem(3).problem, limits(fits), 4);
    const [short, long] = [await run(20), await run(90)];
    expect(long.slice(0, 9)).toEqual(short.slice(0, 9));
    expect(long.length).toBeGreaterThan(short.length);
  });

  it('tries nothing twice, and ends when a small space is exhausted', async () => {
    const small = { n: { kind: 'integer', low: 1, high: 3, scale: 'linear' } } as const;
    const { problem: bowls, asked } = problem(2, { space: small, defaults: { n: 2 } });
    const trials = await search(bowls, limits(10_000), 1);
    expect(trials.map(({ settings }) => settings.n).sort()).toEqual([1, 2, 3]);
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it('tries the defaults alone in a space without dimensions', async () => {
    const { problem: bowls } = problem(2, { space: {}, defaults: {} });
    expect(await search(bowls, limits(100), 1)).toHaveLength(1);
  });

  it('begins no fit when the time is up, but for the defaults', async () => {
    for (const asked of [0, 1, 2, 3]) {
      let left = asked;
      const { problem: bowls } = problem(4);
      const trials = await search(bowls, { fits: 1000, isTimeUp: () => left-- <= 0 }, 1);
      expect(trials[0].losses).toHaveLength(4);
      expect(trials.length).toBe(asked === 0 ? 1 : 9);
      expect(Math.max(0, ...trials.slice(1).map(({ losses }) => losses.length))).toBe([0, 1, 2, 4][asked]);
    }
  });

  it('models defaults that its space does not hold as nothing', async () => {
    const { problem: bowls } = problem(2, { defaults: { x: 'sqrt', y: 0.5 } });
    const evaluate = async (fits: readonly FoldFit[]) =>
      fits.map((fit) => (fit.settings.x === 'sqrt' ? 3 : bowl(fit)));
    const trials = await search({ ...bowls, evaluate }, limits(40), 1);
    expect(trials[0].settings).toEqual({ x: 'sqrt', y: 0.5 });
    expect(bestTrial(trials, bowls.weights)).not.toBe(trials[0]);
  });
});

describe('the loss of a trial that was stopped', () => {
  const weights = weightsOf([30, 10, 10]);
  const reference = { settings: {}, losses: [1, 2, 4] };

  it('is the reference’s, shifted by what they differ on the same folds', () => {
    expect(weights).toEqual([0.6, 0.2, 0.2]);
    expect(meanLoss(reference, weights)).toBeCloseTo(1.8, 12);
    expect(estimatedLoss({ settings: {}, losses: [1.5, 1] }, reference, weights)).toBeCloseTo(
      1.8 + 0.1 / 0.8,
      12,
    );
    expect(estimatedLoss(reference, reference, weights)).toBeCloseTo(1.8, 12);
  });

  it('does not make it the best, be it ever so small', () => {
    expect(bestTrial([reference, { settings: {}, losses: [0, 0] }], weights)).toBe(reference);
    const equal = { settings: {}, losses: [1, 2, 4] };
    expect(bestTrial([reference, equal], weights)).toBe(reference);
  });
});
