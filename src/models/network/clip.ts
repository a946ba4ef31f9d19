/** Numbers beyond count as this: the squares of the largest doubles would overflow. */
export const LARGEST = 1e9;

/** z / √(1 + (z/3)²), which no outlier takes beyond ±3, as in RealMLP (Holzmüller, Grinsztajn and Steinwart 2024). */
export function smoothClip(value: number): number {
  const z = Math.min(Math.max(value, -LARGEST), LARGEST);
  return z / Math.sqrt(1 + (z / 3) * (z / 3));
}
