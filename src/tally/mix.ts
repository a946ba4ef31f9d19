/** Of the two halves of a hash. */
export const factors = [0x85ebca6b | 0, 0xc2b2ae35 | 0] as const;

/** One step of a hash over 32-bit words. */
export function mix(hash: number, word: number, factor: number): number {
  const product = Math.imul(hash ^ word, factor);
  return ((product ^ (product >>> 15)) + 0x9e3779b9) | 0;
}

/** A half of the hash of some words. */
export function mixAll(words: readonly number[], half: number): number {
  return words.reduce((hash, word) => mix(hash, word, factors[half]), 0);
}
