import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestedPlaces } from '../../src/evaluation/nested-samples.ts';

const people = fc.uniqueArray(fc.string(), { maxLength: 60 }).chain((users) =>
  fc.record({
    users: fc.constant(users),
    strata: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: users.length, maxLength: users.length }),
    seed: fc.nat(),
  }),
);

describe('nestedPlaces', () => {
  it('gives every sample as large a part of each stratum, to half a user', () => {
    fc.assert(
      fc.property(people, fc.double({ min: 0, max: 1, noNaN: true }), ({ users, strata, seed }, share) => {
        const places = nestedPlaces(users, strata, seed);
        for (const stratum of new Set(strata)) {
          const all = [...places].filter((_, i) => strata[i] === stratum);
          const taken = all.filter((place) => place < share).length;
          expect(Math.abs(taken - share * all.length)).toBeLessThanOrEqual(0.5 + 1e-9);
        }
      }),
    );
  });

  it('does not depend on the order of the users', () => {
    fc.assert(
      fc.property(people, ({ users, strata, seed }) => {
        const forwards = nestedPlaces(users, strata, seed);
        const backwards = nestedPlaces(users.toReversed(), strata.toReversed(), seed);
        expect([...backwards].reverse()).toEqual([...forwards]);
      }),
    );
  });

  it('is another order for another seed', () => {
    const users = Array.from({ length: 50 }, (_, i) => `user ${i}`);
    const strata = users.map(() => 0);
    expect(nestedPlaces(users, strata, 1)).not.toEqual(nestedPlaces(users, strata, 2));
    expect(nestedPlaces(users, strata, 1)).toEqual(nestedPlaces(users, strata, 1));
  });
});
