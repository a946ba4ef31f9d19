import { describe, expect, test } from 'vitest';
import { summariseAttributions } from '../../src/explanation/attribution-summary.ts';

const attribution = {
  names: ['idle', 'age', 'songs'],
  columns: [Float64Array.of(0, 0, 0, 0), Float64Array.of(1, -1, 3, -3), Float64Array.of(0.5, 0, -0.5, 1)],
};
const values: Readonly<Record<string, Float64Array>> = {
  age: Float64Array.of(30, 20, 40, 20),
  songs: Float64Array.of(Number.NaN, 7, Number.NaN, 7),
};
const valuesOf = (name: string) => values[name];

describe('a summary of attributions', () => {
  test('tells few rows one by one, strongest feature first, and none that moves nothing', () => {
    expect(summariseAttributions(attribution, valuesOf, 5, 10)).toEqual([
      {
        name: 'age',
        meanAbsolute: 2,
        low: Float64Array.of(-3, -1, 1, 3),
        high: Float64Array.of(-3, -1, 1, 3),
        // Both who are 20 share the middle of their places.
        level: Float64Array.of(1 / 6, 1 / 6, 2 / 3, 1),
      },
      {
        name: 'songs',
        meanAbsolute: 0.5,
        low: Float64Array.of(-0.5, 0, 0.5, 1),
        high: Float64Array.of(-0.5, 0, 0.5, 1),
        level: Float64Array.of(Number.NaN, 0.5, Number.NaN, 0.5),
      },
    ]);
  });

  test('puts many rows into parts of equal number whose ends are contributions', () => {
    const [age] = summariseAttributions(attribution, valuesOf, 1, 2);
    expect(age.low).toEqual(Float64Array.of(-3, 1));
    expect(age.high).toEqual(Float64Array.of(-1, 3));
    expect(age.level[0]).toBeCloseTo(1 / 6, 12);
    expect(age.level[1]).toBeCloseTo(5 / 6, 12);
  });

  test('leaves out of a part’s level the rows that lack the value', () => {
    const [songs] = summariseAttributions(
      { names: ['songs'], columns: [attribution.columns[2]] },
      valuesOf,
      1,
      2,
    );
    expect([...songs.level]).toEqual([0.5, 0.5]);
  });

  test('has no part without rows', () => {
    const none = { names: ['age'], columns: [new Float64Array(0)] };
    expect(summariseAttributions(none, () => new Float64Array(0), 3, 4)).toEqual([]);
  });
});
