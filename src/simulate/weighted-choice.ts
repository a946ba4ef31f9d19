import { type Stream, uniform } from './stream.ts';

/**
 * A choice among 0 … n - 1 by weight, at the price of two draws whatever n is (the alias method of Walker and Vose).
 * Entry i holds the chance in 2^32 that i is kept, and the index taken instead: one read of memory a choice.
 */
export type WeightedChoice = Uint32Array;

/** @param weights positive numbers, in any unit. */
export function weightedChoice(weights: Float64Array): WeightedChoice {
  const n = weights.length;
  const scale = n / weights.reduce((sum, weight) => sum + weight, 0);
  const keep = weights.map((weight) => weight * scale);
  const choice = new Uint32Array(2 * n);
  const light: number[] = [];
  const heavy: number[] = [];
  for (let i = 0; i < n; i++) (keep[i] < 1 ? light : heavy).push(i);
  for (let poor = light.pop(); poor !== undefined; poor = light.pop()) {
    const rich = heavy.at(-1) ?? poor;
    choice[2 * poor] = Math.min(CERTAIN, Math.round(keep[poor] * CERTAIN));
    choice[2 * poor + 1] = rich;
    if (rich === poor) continue;
    keep[rich] -= 1 - keep[poor];
    if (keep[rich] < 1) light.push(heavy.pop() ?? rich);
  }
  for (const rich of heavy) choice.set([CERTAIN, rich], 2 * rich);
  return choice;
}

export function choose(choice: WeightedChoice, stream: Stream): number {
  const i = Math.floor(uniform(stream) * (choice.length / 2));
  return uniform(stream) * CERTAIN < choice[2 * i] ? i : choice[2 * i + 1];
}

const CERTAIN = 0xffffffff;
