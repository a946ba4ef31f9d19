import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { AttributionKernel } from '../../src/explanation/attribution-kernel.ts';
import { pathDependentGame } from '../../src/explanation/path-dependent-game.ts';

const kernel = new AttributionKernel();
const { call } = kernel;

/** Rows by fours, as the kernel wants them. */
const fours = <T>(item: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(item, item, item, item), { minLength: 1, maxLength: 12 }).map((rows) => rows.flat());

/** Runs with memory of its own, full of what must not matter. */
function withMemory(check: () => void): void {
  const { free } = kernel;
  kernel.allocate(1 << 16);
  kernel.bytes.fill(0xab, free, free + (1 << 16));
  kernel.release(free);
  check();
  kernel.release(free);
}

function writeInts(values: readonly number[]): number {
  const address = kernel.allocate(values.length * 4);
  kernel.ints.set(values, address / 4);
  return address;
}

function writeFloats(values: readonly number[]): number {
  const address = kernel.allocate(values.length * 8);
  kernel.floats.set(values, address / 8);
  return address;
}

const intsAt = (address: number, count: number) => [
  ...kernel.ints.subarray(address / 4, address / 4 + count),
];
const floatsAt = (address: number, count: number) => [
  ...kernel.floats.subarray(address / 8, address / 8 + count),
];

describe('a rank', () => {
  it('is the number of thresholds below the value, and that of a missing value as it is told', () => {
    const value = fc.oneof(fc.integer({ min: -4, max: 20 }), fc.double({ noDefaultInfinity: true }));
    const thresholds = fc
      .uniqueArray(value, { maxLength: 17 })
      .map((all) => all.filter((x) => !Number.isNaN(x)));
    fc.assert(
      fc.property(fours(value), thresholds, fc.nat(300), (values, some, missing) =>
        withMemory(() => {
          const rising = [...new Set(some.map((x) => x + 0))].sort((a, b) => a - b);
          const ranks = kernel.allocate(values.length * 4);
          const found = call.rank(
            writeFloats(values),
            values.length,
            writeFloats(rising),
            rising.length,
            missing,
            ranks,
          );
          expect(intsAt(ranks, values.length)).toEqual(
            values.map((x) => (Number.isNaN(x) ? missing : rising.filter((bar) => bar < x).length)),
          );
          expect(found).toBe(values.filter(Number.isNaN).length);
        }),
      ),
      { numRuns: 60 },
    );
  });
});

describe('a bit', () => {
  it('is set where a rank is above the bar, or where it is not, and no other bit changes', () => {
    const rank = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fours(rank), rank, fc.boolean(), fc.nat(29), fc.nat(), (ranks, bar, others, k, before) =>
        withMemory(() => {
          const at = writeInts(ranks.map(() => before));
          const after = kernel.allocate(ranks.length * 4);
          call.setBit(writeInts(ranks), bar, others ? -1 : 0, 1 << k, at, after, ranks.length);
          expect(intsAt(after, ranks.length)).toEqual(
            ranks.map((one) => (one > bar !== others ? before | (1 << k) : before)),
          );
        }),
      ),
      { numRuns: 40 },
    );
  });

  it('of a category is set by the mark of its code', () =>
    withMemory(() => {
      const marks = kernel.allocate(3);
      kernel.bytes.set([1, 0, 1], marks);
      const ranks = kernel.allocate(16);
      call.readMarks(writeInts([0, 1, 2, 1]), marks, 4, ranks);
      expect(intsAt(ranks, 4)).toEqual([1, 0, 1, 0]);
    }));
});

describe.each(['index', 'key'])('a look-up by %s', (kind) => {
  const bits = kind === 'index' ? 5 : 30;
  const lookUp = (rows: readonly number[], places: number, free: number, fresh: number, addresses: number) =>
    kind === 'index'
      ? call.lookUp(writeInts(rows), rows.length, places, free, 16, fresh, addresses)
      : call.lookUpKeyed(writeInts(rows), rows.length, places, 7, free, 16, fresh, addresses);

  it('finds one place of zeros for each pattern, and lists the patterns as they come', () => {
    const pattern = fc.oneof(fc.nat(3), fc.nat(2 ** bits - 1));
    fc.assert(
      fc.property(fours(pattern), (patterns) =>
        withMemory(() => {
          const places = kernel.allocate(8 << 7);
          kernel.bytes.fill(0, places, places + (8 << 7));
          const free = kernel.allocate(16 * patterns.length);
          const fresh = kernel.allocate(8 * patterns.length);
          const addresses = kernel.allocate(4 * patterns.length);
          const distinct = [...new Set(patterns)];
          expect(lookUp(patterns, places, free, fresh, addresses)).toBe(distinct.length);
          expect(intsAt(fresh, 2 * distinct.length)).toEqual(
            distinct.flatMap((one, k) => [one, free + 16 * k]),
          );
          expect(intsAt(addresses, patterns.length)).toEqual(
            patterns.map((one) => free + 16 * distinct.indexOf(one)),
          );
          expect(floatsAt(free, 2 * distinct.length).every((x) => x === 0)).toBe(true);
        }),
      ),
      { numRuns: 40 },
    );
  });
});

it('adds the values of each row to the columns, two or four at once', () =>
  withMemory(() => {
    const values = writeFloats([1, 2, 3, 4, 10, 20, 30, 40]);
    const addresses = writeInts([values + 32, values, values, values + 32]);
    const columns = Array.from({ length: 4 }, (_, k) => writeFloats([0.5, k, 0, 0]));
    call.addFour(addresses, 0, 4, columns[0], columns[1], columns[2], columns[3]);
    expect(columns.map((column) => floatsAt(column, 4))).toEqual([
      [10.5, 1, 1, 10],
      [20.5, 3, 2, 20],
      [30.5, 5, 3, 30],
      [40.5, 7, 4, 40],
    ]);
    call.addTwo(addresses, 16, 4, columns[0], columns[1]);
    expect(floatsAt(columns[0], 4)).toEqual([40.5, 4, 4, 40]);
    expect(floatsAt(columns[1], 4)).toEqual([60.5, 7, 6, 60]);
  }));

describe('the value of a leaf', () => {
  it('is shared out as the definition says, over all coalitions of its conditions', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 9 }), fc.nat(), (shares, seed) =>
        withMemory(() => {
          const conditions = shares.map((_, k) => k);
          const own = Math.min(conditions.length, 1 + (seed % 3));
          const above = conditions.length - own;
          const steps = conditions
            .slice(above)
            .map((condition) => ({ bit: condition, right: 1 as const, condition }));
          const leaf = {
            path: { node: 0, value: 2, features: conditions, shares },
            places: conditions,
            steps,
          };
          const subtree = { root: 0, conditions: above, inner: [], leaves: [leaf], features: conditions };
          const add = pathDependentGame(kernel)(leaf, subtree);
          const pattern = seed % (1 << conditions.length);
          const values = writeFloats(shares.map(() => 0));
          add(writeInts([pattern, values]), 1);
          const isBroken = (k: number) => (k < above ? (pattern >>> k) & 1 : 1 - ((pattern >>> k) & 1)) === 1;
          floatsAt(values, shares.length).forEach((value, k) => {
            expect(value).toBeCloseTo(shapleyValue(shares, isBroken, k), 11);
          });
        }),
      ),
      { numRuns: 40 },
    );
  });
});

/** By the definition: a coalition is worth 2 · Π share of absent conditions, or 0 where it holds a broken one. */
function shapleyValue(shares: readonly number[], isBroken: (k: number) => boolean, k: number): number {
  const worth = (mask: number) =>
    shares.reduce((product, share, j) => product * (mask & (1 << j) ? Number(!isBroken(j)) : share), 2);
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const m = shares.length;
  let value = 0;
  for (let mask = 0; mask < 1 << m; mask++) {
    if (mask & (1 << k)) continue;
    const size = shares.filter((_, j) => mask & (1 << j)).length;
    const weight = (factorial(size) * factorial(m - size - 1)) / factorial(m);
    value += weight * (worth(mask | (1 << k)) - worth(mask));
  }
  return value;
}

describe('memory', () => {
  it('keeps what it holds as it grows, and is given out by 64 bytes', () => {
    const small = new AttributionKernel();
    const first = small.allocate(8);
    small.floats[first / 8] = 7;
    const next = small.allocate(2 ** 23);
    expect(next % 64).toBe(0);
    expect(next).toBeGreaterThanOrEqual(first + 8);
    expect(small.floats[first / 8]).toBe(7);
    expect(small.bytes.length).toBeGreaterThanOrEqual(next + 2 ** 23);
  });

  it('of more than 4 GB is refused, with what would mend it', () => {
    expect(() => new AttributionKernel().allocate(2 ** 32)).toThrow(EngineError);
    expect(() => new AttributionKernel().allocate(2 ** 32)).toThrow('attribute fewer rows at a time');
  });
});
