import fc from 'fast-check';
import { expect, it } from 'vitest';
import { strongestFeatures } from '../../src/explanation/strongest-features.ts';

function attributionOf(contributions: readonly number[]) {
  const names = contributions.map((_, j) => `f${String(99 - j).padStart(2, '0')}`);
  return {
    ...{ unit: 'log-odds' as const, base: 0, names },
    columns: contributions.map((contribution) => Float64Array.of(contribution)),
  };
}

/** The naive twin: sorts them all. */
function twin(contributions: readonly number[], count: number, strengthOf: (x: number) => number): number[] {
  const { names } = attributionOf(contributions);
  return contributions
    .map((contribution, j) => ({ j, strength: strengthOf(contribution) }))
    .filter(({ strength }) => strength >= 0)
    .sort((a, b) => b.strength - a.strength || (names[a.j] < names[b.j] ? -1 : 1))
    .slice(0, count)
    .map(({ j }) => j);
}

it('gives what sorting all features gives, ties by name, whatever strength is', () => {
  const contributions = fc.array(fc.constantFrom(-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, Number.NaN), {
    maxLength: 30,
  });
  const strengths = fc.constantFrom(Math.abs, (x: number) => (x > 0 ? x : -1));
  fc.assert(
    fc.property(contributions, fc.nat({ max: 6 }), strengths, (values, count, strengthOf) => {
      expect(strongestFeatures(attributionOf(values), 0, count, strengthOf)).toEqual(
        twin(values, count, strengthOf),
      );
    }),
    { numRuns: 300 },
  );
});
