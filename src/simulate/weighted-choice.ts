import { type Stream, uniform } from './stream.ts';

/** A choice among 0 … n - 1 by weight, at the price of two draws whatever n is (the alias method of Walker and Vose). */
export interface WeightedChoice {
  readonly keep: Float64Array;
  readonly alias: Int32Array;
}

/** @param weights positive numbers, in any unit. */
export function weightedChoice(weights: Float64Array): WeightedChoice {
  const n = weights.length;
  const scale = n / weights.reduce((sum, weight) => sum + weight, 0);
  const keep = weights.map((weight) => weight * scale);
  const alias = Int32Array.from(weights, (_, i) => i);
  const light: number[] = [];
  const heavy: number[] = [];
  for (let i = 0; i < n; i++) (keep[i] < 1 ? light : heavy).push(i);
  for (let poor = light.pop(); poor !== undefined && heavy.length > 0; poor = light.pop()) {
    const rich = heavy[heavy.length - 1];
    alias[poor] = rich;
    keep[rich] -= 1 - keep[poor];
    if (keep[rich] < 1) light.push(heavy.pop() ?? rich);
  }
  return { keep, alias };
}

export function choose(choice: WeightedChoice, stream: Stream): number {
  const i = Math.floor(uniform(stream) * choice.keep.length);
  return uniform(stream) < choice.keep[i] ? i : choice.alias[i];
}
