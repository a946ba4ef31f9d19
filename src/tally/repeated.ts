import { hashWidth } from './slice.ts';

/** Whether two rows of one partition have equal hashes: two halves of each, from some slices. */
export function hasRepeated(slices: readonly Int32Array[]): boolean {
  const rows = slices.reduce((sum, { length }) => sum + length / hashWidth, 0);
  const places = 2 ** Math.ceil(Math.log2(2 * rows + 2));
  const mask = places - 1;
  // Two halves of a hash; both 0 where there is none, so that a hash of 0 is kept apart.
  const table = new Int32Array(2 * places);
  let zeros = 0;
  for (const hashes of slices) {
    for (let i = 0; i < hashes.length; i += hashWidth) {
      const low = hashes[i];
      const high = hashes[i + 1];
      if (low === 0 && high === 0) {
        if (++zeros > 1) return true;
        continue;
      }
      let at = 2 * (high & mask);
      while (table[at] !== 0 || table[at + 1] !== 0) {
        if (table[at] === low && table[at + 1] === high) return true;
        at = (at + 2) & (2 * places - 1);
      }
      table[at] = low;
      table[at + 1] = high;
    }
  }
  return false;
}
