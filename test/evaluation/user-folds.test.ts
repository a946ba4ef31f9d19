import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NothingToLearnError, UsageError } from '../../src/errors.ts';
import { userFolds } from '../../src/evaluation/user-folds.ts';
import { createRandom } from '../../src/random.ts';

const population = fc
  .record({
    users: fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 5, maxLength: 60 }),
    flags: fc.infiniteStream(fc.integer({ min: 0, max: 1 })),
    folds: fc.integer({ min: 2, max: 5 }),
    seed: fc.maxSafeInteger(),
  })
  .map(({ users, flags, folds, seed }) => ({
    users,
    everLost: Uint8Array.from(users, (_, i) => (i < 2 ? 1 : Number(flags.next().value))),
    folds,
    seed,
  }));

function sizes(foldOf: Int32Array, folds: number, counted: (user: number) => boolean): number[] {
  const counts = new Array<number>(folds).fill(0);
  foldOf.forEach((fold, user) => {
    if (counted(user)) counts[fold]++;
  });
  return counts;
}

describe('userFolds', () => {
  it('gives every fold as many lost, stayed and all users as any other, but for one', () => {
    fc.assert(
      fc.property(population, ({ users, everLost, folds, seed }) => {
        const foldOf = userFolds(users, everLost, folds, seed);
        for (const counted of [
          () => true,
          (u: number) => everLost[u] === 1,
          (u: number) => everLost[u] === 0,
        ]) {
          const counts = sizes(foldOf, folds, counted);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('gives a user the same fold wherever the user stands', () => {
    fc.assert(
      fc.property(population, fc.integer(), ({ users, everLost, folds, seed }, shuffleSeed) => {
        const order = createRandom(shuffleSeed).shuffle(Array.from(users.keys()));
        const plain = userFolds(users, everLost, folds, seed);
        const shuffled = userFolds(
          order.map((i) => users[i]),
          Uint8Array.from(order, (i) => everLost[i]),
          folds,
          seed,
        );
        expect([...shuffled]).toEqual(order.map((i) => plain[i]));
      }),
    );
  });

  const users = Array.from({ length: 1000 }, (_, i) => String(100_000 + i));
  const everLost = Uint8Array.from(users, (_, i) => (i % 5 === 0 ? 1 : 0));

  it('shuffles anew for another seed, one beyond 32 bits too', () => {
    const folds = [1, 2, 2 ** 32 + 1].map((seed) => userFolds(users, everLost, 5, seed));
    for (const [a, b] of [
      [0, 1],
      [0, 2],
    ]) {
      const same = folds[a].filter((fold, user) => fold === folds[b][user]).length;
      expect(same).toBeGreaterThan(140);
      expect(same).toBeLessThan(260);
    }
  });

  it('does not follow the order of keys', () => {
    const foldOf = userFolds(users, everLost, 2, 1);
    const first = foldOf.subarray(0, 500).reduce((sum, fold) => sum + fold, 0);
    expect(Math.abs(first - 250)).toBeLessThan(50);
  });

  it('deals users in the order of their MurmurHash3', () => {
    // Expected: mmh3 5.3.1 with the first number of the seed's stream, 2837322924.
    const foldOf = userFolds(['10', '11', '12', '13', '14', '15'], Uint8Array.of(1, 0, 1, 0, 0, 0), 2, 42);
    expect([...foldOf]).toEqual([1, 0, 0, 0, 1, 1]);
  });

  it('deals users of one hash in the order of their keys', () => {
    // Both hash to 2873924946 with the salt of seed 42.
    expect([...userFolds(['170476', '255626'], Uint8Array.of(1, 1), 2, 42)]).toEqual([0, 1]);
    expect([...userFolds(['255626', '170476'], Uint8Array.of(1, 1), 2, 42)]).toEqual([1, 0]);
  });

  it.each([0, 1, -3, 2.5, Number.NaN])('refuses %d folds', (folds) => {
    expect(() => userFolds(users, everLost, folds, 1)).toThrow(UsageError);
  });

  it('refuses too few users and too few losses', () => {
    expect(() => userFolds(['a', 'b'], Uint8Array.of(1, 1), 3, 1)).toThrow(NothingToLearnError);
    expect(() => userFolds(['a', 'b'], Uint8Array.of(1, 0), 2, 1)).toThrow('1 of 2 users are ever lost');
  });

  it('refuses a user that is there twice and unequal lengths', () => {
    expect(() => userFolds(['a', 'b', 'a'], Uint8Array.of(1, 1, 0), 2, 1)).toThrow(
      'The user "a" is there twice',
    );
    expect(() => userFolds(['a', 'b'], Uint8Array.of(1), 2, 1)).toThrow('2 users and 1 labels');
  });
});
