import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseRank } from '../../src/evaluation/dense-rank.ts';

describe('denseRank', () => {
  it('gives ties one rank', () => {
    expect(denseRank([3, 1, 3, 2])).toEqual({
      distinct: Float64Array.of(1, 2, 3),
      ranks: Int32Array.of(2, 0, 2, 1),
    });
  });

  it('takes 0 and -0 as one', () => {
    expect(denseRank([0, -0, -1]).ranks).toEqual(Int32Array.of(1, 1, 0));
  });

  it('is empty for nothing', () => {
    expect(denseRank([])).toEqual({ distinct: new Float64Array(), ranks: new Int32Array() });
  });

  it('finds every value at its rank, in rising order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
        const { distinct, ranks } = denseRank(values);
        values.forEach((value, i) => {
          expect(distinct[ranks[i]] === value).toBe(true);
        });
        expect(distinct.every((value, i) => i === 0 || value > distinct[i - 1])).toBe(true);
      }),
    );
  });
});
