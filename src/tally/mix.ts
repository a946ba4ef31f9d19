export const lowFactor = 0x85ebca6b | 0;
export const highFactor = 0xc2b2ae35 | 0;

/** One step of a hash over 32-bit words. */
export function mix(hash: number, word: number, factor: number): number {
  const product = Math.imul(hash ^ word, factor);
  return ((product ^ (product >>> 15)) + 0x9e3779b9) | 0;
}
