/**
 * A number in (0, 1) that an index and a purpose determine: evenly spread, unrelated from one index to the next.
 * What the fictional world is made of (songs, artists, cities) hangs on it alone, so it is the same in every log.
 */
export function scatter(index: number, purpose: number): number {
  let word = Math.imul(index + 1, 0x9e3779b9) ^ Math.imul(purpose + 1, 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (((word ^ (word >>> 15)) >>> 0) + 0.5) / 0x100000000;
}

/** The element of a list that an index and a purpose determine. */
export function scatterPick<T>(items: readonly T[], index: number, purpose: number): T {
  return items[Math.floor(scatter(index, purpose) * items.length)];
}

/** One to one from [0, n) onto itself, so that neighbours part; `stride` must have no factor in common with n. */
export function spread(index: number, stride: number, n: number): number {
  return (index * stride) % n;
}
