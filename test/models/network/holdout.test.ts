import { describe, expect, it } from 'vitest';
import { holdOutUsers } from '../../../src/models/network/holdout.ts';

/** Users 0 … 9 with two rows each; 0 to 3 are lost in one of them. */
const groups = Int32Array.from({ length: 20 }, (_, row) => row >> 1);
const labels = Uint8Array.from(groups, (user, row) => (user < 4 && row % 2 === 1 ? 1 : 0));

describe('holdOutUsers', () => {
  it('holds out whole users, of the lost and of the others alike', () => {
    const { trainRows, validationRows } = holdOutUsers({ labels, groups }, 0.5, 1);
    const held = [...new Set(Array.from(validationRows, (row) => groups[row]))];
    expect([...trainRows, ...validationRows].sort((a, b) => a - b)).toEqual([...groups.keys()]);
    expect(Array.from(trainRows, (row) => groups[row]).filter((user) => held.includes(user))).toEqual([]);
    expect(held.filter((user) => user < 4)).toHaveLength(2);
    expect(held.filter((user) => user >= 4)).toHaveLength(3);
  });

  it('depends on the seed, and on the users rather than their order', () => {
    const heldBy = (seed: number, order: readonly number[]) => {
      const given = {
        labels: Uint8Array.from(order, (row) => labels[row]),
        groups: Int32Array.from(order, (row) => groups[row]),
      };
      const { validationRows } = holdOutUsers(given, 0.5, seed);
      return [...new Set(Array.from(validationRows, (row) => given.groups[row]))].sort((a, b) => a - b);
    };
    const rows = [...groups.keys()];
    expect(heldBy(1, rows.toReversed())).toEqual(heldBy(1, rows));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => heldBy(seed, rows).join())).size).toBeGreaterThan(1);
  });

  it('holds out nobody where a side would lack an outcome, and where the share is 0', () => {
    const single = Uint8Array.from(groups, (user) => (user === 0 ? 1 : 0));
    expect(holdOutUsers({ labels: single, groups }, 0.3, 1).validationRows).toHaveLength(0);
    expect(holdOutUsers({ labels, groups }, 0, 1).validationRows).toHaveLength(0);
  });
});
