import { hash32 } from '../random.ts';

/**
 * Each user's place in a random order of its stratum, as a share in (0, 1): the users below a share are a sample of that size, with as
 * large a part of every stratum, and every smaller sample lies within every larger one. A user's place among others depends on the seed
 * and the keys alone.
 *
 * @param users distinct keys.
 * @param strata of each user; any whole numbers.
 */
export function nestedPlaces(
  users: readonly string[],
  strata: ArrayLike<number>,
  seed: number,
): Float64Array {
  const hashes = users.map((user) => hash32(user, seed));
  const order = Int32Array.from(users.keys()).sort(
    (a, b) => hashes[a] - hashes[b] || (users[a] < users[b] ? -1 : 1),
  );
  const sizes = new Map<number, number>();
  for (let i = 0; i < users.length; i++) sizes.set(strata[i], (sizes.get(strata[i]) ?? 0) + 1);
  const placed = new Map<number, number>();
  const places = new Float64Array(users.length);
  for (const user of order) {
    const stratum = strata[user];
    const before = placed.get(stratum) ?? 0;
    places[user] = (before + 0.5) / (sizes.get(stratum) ?? 1);
    placed.set(stratum, before + 1);
  }
  return places;
}
