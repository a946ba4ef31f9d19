import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByRank } from '../../src/evaluation/order-by-rank.ts';

describe('the order by rank', () => {
  it('has rows of one rank in their order', () => {
    expect([...orderByRank(Int32Array.of(2, 0, 1, 0, 2), 3)]).toEqual([1, 3, 2, 0, 4]);
  });

  it('is empty without rows', () => {
    expect([...orderByRank(new Int32Array(0), 0)]).toEqual([]);
  });

  it('is that of a stable sort', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (ranks) => {
        const sorted = [...ranks.keys()].sort((a, b) => ranks[a] - ranks[b]);
        expect([...orderByRank(Int32Array.from(ranks), 10)]).toEqual(sorted);
      }),
    );
  });
});
