import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.ts';
import { parzenDensity } from '../../src/tuning/parzen.ts';
import { dimensionsOf } from '../../src/tuning/points.ts';

const range = { kind: 'number', low: 0, high: 1, scale: 'linear' } as const;
const line = dimensionsOf({ x: range });
const mixed = dimensionsOf({ x: range, kind: { kind: 'choice', values: ['a', 'b', 'c'] } });

/** The integral over 0 … 1 by the midpoint rule. */
function integral(f: (x: number) => number, steps = 2000): number {
  let sum = 0;
  for (let k = 0; k < steps; k++) sum += f((k + 0.5) / steps);
  return sum / steps;
}

describe.each([
  ['no point', []],
  ['one point at the end', [[0]]],
  ['many points in one place', Array.from({ length: 150 }, () => [0.7])],
  ['scattered points', [[0.1], [0.2], [0.25], [1]]],
])('the density of %s', (_, points) => {
  const density = parzenDensity(line, points);

  it('has a mass of 1', () => {
    expect(integral((x) => Math.exp(density.logDensity([x])))).toBeCloseTo(1, 3);
  });

  it('is what samples are drawn from', () => {
    const random = createRandom(3);
    const draws = Array.from({ length: 4000 }, () => density.sample(random)[0]);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThanOrEqual(1);
    for (const limit of [0.15, 0.4, 0.68, 0.9]) {
      const expected = integral((x) => (x <= limit ? Math.exp(density.logDensity([x])) : 0));
      const seen = draws.filter((x) => x <= limit).length / draws.length;
      expect(Math.abs(seen - expected)).toBeLessThan(0.03);
    }
  });

  it('is positive everywhere, so that no place is ruled out', () => {
    for (const x of [0, 0.5, 1]) expect(density.logDensity([x])).toBeGreaterThan(-10);
  });
});

describe('a density over a range and a choice', () => {
  const density = parzenDensity(mixed, [
    [0.2, 1],
    [0.3, 1],
    [0.8, 2],
  ]);

  it('has a mass of 1 over all values', () => {
    const masses = [0, 1, 2].map((v) => integral((x) => Math.exp(density.logDensity([x, v]))));
    expect(masses[0] + masses[1] + masses[2]).toBeCloseTo(1, 3);
    expect(masses[1]).toBeGreaterThan(masses[2]);
    expect(masses[2]).toBeGreaterThan(masses[0]);
  });

  it('keeps together what was seen together', () => {
    expect(density.logDensity([0.25, 1])).toBeGreaterThan(density.logDensity([0.8, 1]));
    expect(density.logDensity([0.8, 2])).toBeGreaterThan(density.logDensity([0.25, 2]));
  });
});
