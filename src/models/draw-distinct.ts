import type { Random } from '../random.ts';

/**
 * `count` of 0 … n − 1 without replacement, ascending: selection sampling (Knuth, The Art of Computer
 * Programming, 3.4.2 S).
 */
export function drawDistinct(random: Random, n: number, count: number): Int32Array {
  const drawn = new Int32Array(count);
  for (let i = 0, k = 0; k < count; i++) {
    if (random.uint32() * (n - i) < (count - k) * 2 ** 32) drawn[k++] = i;
  }
  return drawn;
}
