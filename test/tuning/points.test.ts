import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dimensionsOf, pointOf, settingsAt, settingsKey } from '../../src/tuning/points.ts';

const dimensions = dimensionsOf({
  rate: { kind: 'number', low: 0.001, high: 1, scale: 'log' },
  share: { kind: 'number', low: -1, high: 3, scale: 'linear' },
  trees: { kind: 'integer', low: 10, high: 1000, scale: 'log' },
  depth: { kind: 'integer', low: 1, high: 4, scale: 'linear' },
  hidden: { kind: 'choice', values: [[4], [8, 4]] },
});

describe('a place in a space', () => {
  it('is the middle of each range, by ratio where it is logarithmic', () => {
    expect(settingsAt(dimensions, [0.5, 0.5, 0.5, 0.4, 1])).toEqual({
      rate: 0.03162,
      share: 1,
      trees: 97,
      depth: 2,
      hidden: [8, 4],
    });
  });

  it('meets both ends', () => {
    expect(settingsAt(dimensions, [0, 0, 0, 0, 0])).toEqual({
      ...{ rate: 0.001, share: -1, trees: 10, depth: 1 },
      hidden: [4],
    });
    expect(settingsAt(dimensions, [1, 1, 1, 1, 0])).toMatchObject({
      rate: 1,
      share: 3,
      trees: 1000,
      depth: 4,
    });
  });

  it('gives every whole number the same share of a linear range', () => {
    const counts = [0, 0, 0, 0];
    for (let k = 0; k < 400; k++) {
      const { depth } = settingsAt(dimensions, [0, 0, 0, (k + 0.5) / 400, 0]);
      counts[Number(depth) - 1]++;
    }
    expect(counts).toEqual([100, 100, 100, 100]);
  });

  it('is found again from its settings', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, unit, fc.nat({ max: 1 }), (...point) => {
        const settings = settingsAt(dimensions, point);
        const back = pointOf(dimensions, settings) ?? [];
        expect(settingsAt(dimensions, back)).toEqual(settings);
      }),
    );
  });

  it('is at the end for a number outside, and nowhere for a value of another kind', () => {
    const settings = { rate: 7, share: 0, trees: 10, depth: 2, hidden: [8, 4] };
    expect(pointOf(dimensions, settings)?.[0]).toBe(1);
    expect(pointOf(dimensions, { ...settings, trees: 'sqrt' })).toBeUndefined();
    expect(pointOf(dimensions, { ...settings, hidden: [5] })).toBeUndefined();
    expect(pointOf(dimensions, {})).toBeUndefined();
  });

  it('has one key whatever the order of its settings', () => {
    expect(settingsKey({ a: 1, b: [2, 3] })).toBe(settingsKey({ b: [2, 3], a: 1 }));
    expect(settingsKey({ a: 1 })).not.toBe(settingsKey({ a: '1' }));
  });
});
