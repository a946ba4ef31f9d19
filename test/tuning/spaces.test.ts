import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LearnerName, learners, withSettings } from '../../src/models/learners.ts';
import type { SearchSpace } from '../../src/models/search-space.ts';
import { clusterLearners } from '../../src/spark-ml/learners.ts';
import { dimensionsOf, type Point, settingsAt } from '../../src/tuning/points.ts';

const names = Object.keys(learners) as LearnerName[];
const spaces: (readonly [string, SearchSpace])[] = [
  ...names.map((name) => [name, learners[name].searchSpace] as const),
  ...Object.entries(clusterLearners).map(([name, { searchSpace }]) => [name, searchSpace] as const),
];

describe.each(spaces)('the space of %s', (_, space) => {
  it('has ranges from low to high, positive where logarithmic, whole where whole, and choices of several', () => {
    for (const { dimension } of dimensionsOf(space)) {
      if (dimension.kind === 'choice') {
        expect(dimension.values.length).toBeGreaterThan(1);
        continue;
      }
      const { kind, low, high, scale } = dimension;
      expect(low).toBeLessThan(high);
      expect(low).toBeGreaterThanOrEqual(scale === 'log' ? Number.MIN_VALUE : Number.NEGATIVE_INFINITY);
      if (kind === 'integer') expect([Number.isInteger(low), Number.isInteger(high)]).toEqual([true, true]);
    }
  });
});

it.each(names)('whatever a search draws for %s is a setting that it takes', (name) => {
  const dimensions = dimensionsOf(learners[name].searchSpace);
  const point: fc.Arbitrary<Point> = fc.tuple(
    ...dimensions.map(({ dimension }) =>
      dimension.kind === 'choice'
        ? fc.nat({ max: dimension.values.length - 1 })
        : fc.double({ min: 0, max: 1, noNaN: true }),
    ),
  );
  fc.assert(
    fc.property(point, (drawn) => {
      const settings = settingsAt(dimensions, drawn);
      expect(withSettings(name, settings).settings).toMatchObject(settings);
    }),
    { numRuns: 50 },
  );
});
