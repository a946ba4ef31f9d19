import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLevelRates, orderedRates } from '../../../src/models/preparation/target-encoding.ts';

const nan = Number.NaN;
const rows = {
  codes: Float64Array.of(0, 0, 0, 1, 1, nan, nan, -1),
  levels: 3,
  labels: Uint8Array.of(1, 1, 0, 0, 0, 1, 1, 0),
  groups: Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7]),
};

describe('the rates of levels', () => {
  it('mix the rate of the level with so many rows of the overall rate', () => {
    const { rates, missing, overall } = fitLevelRates(rows, 2);
    expect(overall).toBe(0.5);
    expect(rates).toEqual([(2 + 1) / 5, (0 + 1) / 4, 0.5]);
    expect(missing).toBe((2 + 1) / 4);
  });

  it('are the bare rates without smoothing, and the overall one of a level without rows', () => {
    expect(fitLevelRates(rows, 0).rates).toEqual([2 / 3, 0, 0.5]);
  });
});

describe('the rates that training rows see', () => {
  const examples = fc
    .array(
      fc.record({
        code: fc.constantFrom(0, 1, 2, nan, -1),
        label: fc.constantFrom(0, 1),
        group: fc.integer({ min: 0, max: 5 }),
      }),
      { minLength: 2, maxLength: 30 },
    )
    .map((list) => ({
      codes: Float64Array.from(list, ({ code }) => code),
      levels: 3,
      labels: Uint8Array.from(list, ({ label }) => label),
      groups: Int32Array.from(list, ({ group }) => group),
    }));

  it('do not change with the labels of the row’s own group, but for the overall rate', () => {
    fc.assert(
      fc.property(examples, fc.integer({ min: 0, max: 5 }), fc.nat(1000), (drawn, group, seed) => {
        // Two labels are swapped within the group, so that the overall rate stays.
        const own = [...drawn.labels.keys()].filter((row) => drawn.groups[row] === group);
        const swapped = Uint8Array.from(drawn.labels);
        own.forEach((row, k) => {
          swapped[row] = drawn.labels[own[own.length - 1 - k]];
        });
        const before = orderedRates(drawn, 3, seed);
        const after = orderedRates({ ...drawn, labels: swapped }, 3, seed);
        for (const row of own) expect(after[row]).toBe(before[row]);
      }),
    );
  });

  it('are those of a list in which the groups stand one after the other', () => {
    fc.assert(
      fc.property(examples, fc.nat(1000), (drawn, seed) => {
        const encoded = orderedRates(drawn, 3, seed);
        const overall = drawn.labels.reduce((sum, label) => sum + label, 0) / drawn.labels.length;
        // Of some order of the groups, each row's rate is that of the rows in the groups before its own.
        const groups = [...new Set(drawn.groups)];
        const explains = permutations(groups).some((order) =>
          encoded.every((rate, row) => {
            const before = order.slice(0, order.indexOf(drawn.groups[row]));
            const alike = [...drawn.codes.keys()].filter(
              (i) =>
                before.includes(drawn.groups[i]) &&
                Object.is(drawn.codes[i], drawn.codes[row]) &&
                drawn.codes[row] !== -1,
            );
            const lost = alike.reduce((sum, i) => sum + drawn.labels[i], 0);
            return Math.abs(rate - (lost + 3 * overall) / (alike.length + 3)) < 1e-12;
          }),
        );
        expect(explains).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('depend on the seed alone', () => {
    expect(orderedRates(rows, 1, 4)).toEqual(orderedRates(rows, 1, 4));
    const orders = new Set([1, 2, 3, 4, 5].map((seed) => orderedRates(rows, 1, seed).join()));
    expect(orders.size).toBeGreaterThan(1);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((one) => one !== item)).map((rest) => [item, ...rest]),
  );
}
