import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attribution } from '../../src/explanation/attribution.ts';
import { largestContributions } from '../../src/explanation/largest-contributions.ts';

const names = ['songs', 'adverts', 'days', 'likes'];

function attributionOf(contributions: readonly number[]): Attribution {
  return {
    unit: 'log-odds',
    base: -2,
    names: contributions.map((_, j) => names[j] ?? `feature_${j}`),
    columns: contributions.map((value) => Float64Array.of(value)),
  };
}

function matrixOf({ names }: Attribution) {
  return { rows: 1, names, columns: names.map((_, j) => Float64Array.of(10 + j)) };
}

describe('largestContributions', () => {
  test('gives the largest by size, with what the feature was, and the sum of the others', () => {
    const attribution = attributionOf([0.5, -1.5, 0.25, -0.125]);
    expect(largestContributions(attribution, matrixOf(attribution), 0, 2)).toEqual({
      largest: [
        { feature: 'adverts', value: 11, contribution: -1.5 },
        { feature: 'songs', value: 10, contribution: 0.5 },
      ],
      others: 0.125,
    });
  });

  test('puts equal ones in the order of their names', () => {
    const attribution = attributionOf([0.5, -0.5, 0.5, 0]);
    const { largest } = largestContributions(attribution, matrixOf(attribution), 0, 3);
    expect(largest.map(({ feature }) => feature)).toEqual(['adverts', 'days', 'songs']);
  });

  test('takes a value that is no column of the matrix from the attribution', () => {
    const attribution = { ...attributionOf([1]), values: new Map([['songs', Float64Array.of(7)]]) };
    const { largest } = largestContributions(attribution, { rows: 1, names: [], columns: [] }, 0, 1);
    expect(largest).toEqual([{ feature: 'songs', value: 7, contribution: 1 }]);
  });

  test('agrees with a full sort, and loses nothing, whatever the contributions and their number', () => {
    const contributions = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(contributions, fc.integer({ min: 0, max: 14 }), (values, count) => {
        const attribution = attributionOf(values);
        const found = largestContributions(attribution, matrixOf(attribution), 0, count);
        const sorted = attribution.names
          .map((feature, j) => ({ feature, value: 10 + j, contribution: values[j] }))
          .sort(
            (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.feature < b.feature ? -1 : 1),
          );
        expect(found.largest).toEqual(sorted.slice(0, count));
        const sum = found.largest.reduce((total, { contribution }) => total + contribution, found.others);
        expect(sum).toBe(values.reduce((total, value) => total + value, 0));
      }),
      { seed: 1 },
    );
  });
});
