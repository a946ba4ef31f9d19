import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, hash32 } from '../src/random.ts';

const seeds = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

function take<T>(count: number, draw: () => T): T[] {
  return Array.from({ length: count }, draw);
}

describe('createRandom', () => {
  // Expected: the authors' xoshiro128starstar.c, its state filled by splitmix with the murmur3 finaliser.
  it.each([
    [0, [3809008728, 1133695204, 53579671, 2891528803, 139681546, 2203266335]],
    [1, [2442144158, 3238099751, 3819917871, 2104621829, 2021136066, 4223536128]],
    [-1, [3088639192, 222446744, 3691120491, 3072105367, 2825243230, 314510925]],
    [42, [2837322924, 544945897, 479756282, 3500138142, 339756180, 113173290]],
    [Number.MAX_SAFE_INTEGER, [3137129522, 613829619, 3134417267, 109413705, 3713994689, 4095163842]],
  ])('gives the stream of the reference implementation for seed %i', (seed, expected) => {
    const random = createRandom(seed);
    expect(take(6, random.uint32)).toEqual(expected);
  });

  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => createRandom(seed)).toThrow(RangeError);
  });

  it('draws floats in [0, 1) with mean 1/2 and variance 1/12', () => {
    const draws = take(100_000, createRandom(7).float);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  });

  it('counts what as many calls of integer would draw, and goes on from there', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 40 }), fc.nat(60), (seed, n, draws) => {
        const one = createRandom(seed);
        const other = createRandom(seed);
        const counts = new Int32Array(n).fill(1);
        one.count(counts, draws);
        const expected = new Int32Array(n).fill(1);
        for (let k = 0; k < draws; k++) expected[other.integer(n)]++;
        expect(counts).toEqual(expected);
        expect(one.uint32()).toBe(other.uint32());
      }),
    );
    expect(() => createRandom(1).count(new Int32Array(0), 1)).toThrow(RangeError);
  });

  it.each([2, 3, 7, 10])('draws each whole number below %i equally often', (n) => {
    const random = createRandom(11);
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 20_000 * n; i++) counts[random.integer(n)]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 20_000) ** 2 / 20_000, 0);
    expect(chiSquared).toBeLessThan(28); // The 99.9 % point for 9 degrees of freedom.
  });

  it('keeps whole numbers below any bound', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
        const random = createRandom(seed);
        for (const draw of take(20, () => random.integer(n))) {
          expect(Number.isInteger(draw) && draw >= 0 && draw < n).toBe(true);
        }
      }),
    );
  });

  it('draws from the upper half of the widest range too', () => {
    const random = createRandom(3);
    expect(Math.max(...take(50, () => random.integer(2 ** 32)))).toBeGreaterThan(2 ** 31);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('refuses the bound %d', (n) => {
    expect(() => createRandom(1).integer(n)).toThrow(RangeError);
  });

  it('shuffles in place without losing an item, the same way for the same seed', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
        const shuffled = createRandom(seed).shuffle([...items]);
        expect([...shuffled].sort()).toEqual([...items].sort());
        expect(createRandom(seed).shuffle([...items])).toEqual(shuffled);
      }),
    );
  });

  it('shuffles typed arrays', () => {
    const items = Int32Array.of(1, 2, 3, 4, 5);
    expect(createRandom(5).shuffle(items)).toBe(items);
    expect(items.toSorted()).toEqual(Int32Array.of(1, 2, 3, 4, 5));
  });

  it('gives each order of three items equally often', () => {
    const random = createRandom(13);
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('hash32', () => {
  // Expected: mmh3 5.3.1, hash(text, seed, signed=False).
  it.each([
    ['', 0, 0],
    ['', 1, 1364076727],
    ['a', 0, 1009084850],
    ['ab', 7, 4264175359],
    ['abc', 0, 3017643002],
    ['test', 0x9747b28c, 1883996636],
    ['user-100010', 42, 4231759484],
    ['日本語', 42, 3318144696],
    ['The quick brown fox jumps over the lazy dog', 0, 776992547],
  ])('hashes %j with seed %i as MurmurHash3 does', (text, seed, expected) => {
    expect(hash32(text, seed)).toBe(expected);
  });
});
