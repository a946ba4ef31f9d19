import { expect, it } from 'vitest';
import { createRandom } from '../../src/random.ts';
import { dimensionsOf, type Point } from '../../src/tuning/points.ts';
import { propose, spread } from '../../src/tuning/propose.ts';

const range = { kind: 'number', low: 0, high: 1, scale: 'linear' } as const;
const square = dimensionsOf({ x: range, y: range });

it('places spread so that each stretch of a range is met once', () => {
  const points = spread(square, 10, createRandom(1));
  for (const d of [0, 1]) {
    expect(points.map((point) => Math.floor(point[d] * 10)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

it('places spread over every value of a choice', () => {
  const choice = dimensionsOf({ c: { kind: 'choice', values: ['a', 'b', 'c'] } });
  const counts = [0, 0, 0];
  for (const [value] of spread(choice, 9, createRandom(1))) counts[value]++;
  expect(counts).toEqual([3, 3, 3]);
});

it('a proposal is near the good places and far from the bad ones', () => {
  const random = createRandom(5);
  const loss = ([x, y]: Point) => (x - 0.8) ** 2 + (y - 0.3) ** 2;
  const observations = spread(square, 40, random).map((point) => ({ point, loss: loss(point) }));
  const proposals = Array.from({ length: 40 }, () => propose(square, observations, [], random));
  const mean = (points: readonly Point[]) => points.reduce((sum, p) => sum + loss(p), 0) / points.length;
  expect(mean(proposals)).toBeLessThan(mean(observations.map(({ point }) => point)) / 3);
});

it('pending places push a proposal away', () => {
  const observations = [
    { point: [0.5, 0.5], loss: 0 },
    { point: [0.1, 0.9], loss: 1 },
    { point: [0.9, 0.1], loss: 1 },
  ];
  const distance = ([x, y]: Point) => Math.hypot(x - 0.5, y - 0.5);
  const farness = (pending: readonly Point[]) => {
    const random = createRandom(2);
    const all = Array.from({ length: 50 }, () => distance(propose(square, observations, pending, random)));
    return all.reduce((sum, d) => sum + d, 0) / all.length;
  };
  expect(farness(Array.from({ length: 10 }, () => [0.5, 0.5]))).toBeGreaterThan(farness([]) * 1.5);
});

it('something is proposed before anything is known', () => {
  const [x, y] = propose(square, [], [], createRandom(1));
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeLessThanOrEqual(1);
});
