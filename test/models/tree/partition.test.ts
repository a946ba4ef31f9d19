import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partition } from '../../../src/models/tree/partition.ts';

describe('partition', () => {
  it('parts a stretch of rows as a filter does, and keeps their order', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 0, maxLength: 80 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 255 }), fc.boolean(), (values, bin, missingLeft) => {
        const bins = Uint8Array.from([9, ...values, 9]);
        const order = Int32Array.from(bins.keys()).toReversed();
        const stretch = Array.from(order.subarray(1, order.length - 1));
        const goesLeft = (row: number) => (bins[row] === 0 ? missingLeft : bins[row] <= bin);
        const middle = partition(
          order,
          1,
          order.length - 1,
          bins,
          { feature: 0, bin, isLeft: undefined, missingLeft },
          new Int32Array(order.length),
        );
        expect(Array.from(order.subarray(1, middle))).toEqual(stretch.filter(goesLeft));
        expect(Array.from(order.subarray(middle, order.length - 1))).toEqual(
          stretch.filter((row) => !goesLeft(row)),
        );
        expect([order[0], order[order.length - 1]]).toEqual([bins.length - 1, 0]);
      }),
    );
  });

  it('sends the marked bins of a category left', () => {
    const bins = Uint8Array.of(0, 1, 2, 3, 2, 255);
    const isLeft = new Uint8Array(256);
    for (const bin of [0, 2, 255]) isLeft[bin] = 1;
    const order = Int32Array.from(bins.keys());
    const test = { feature: 0, bin: 0, isLeft, missingLeft: true };
    expect(partition(order, 0, 6, bins, test, new Int32Array(6))).toBe(4);
    expect(Array.from(order)).toEqual([0, 2, 4, 5, 1, 3]);
  });
});
