import type { Attribution } from './attribution.ts';

/**
 * Places of the features that are strongest in a row, `count` of them at most, strongest first; ties by name. In one pass: to sort all
 * features for every row would take longer than attributing them.
 * @param strengthOf a contribution; a feature with less than 0 is left out.
 */
export function strongestFeatures(
  { names, columns }: Attribution,
  row: number,
  count: number,
  strengthOf: (contribution: number) => number,
): number[] {
  const kept: number[] = [];
  const strengths: number[] = [];
  for (let j = 0; j < columns.length; j++) {
    const strength = strengthOf(columns[j][row]);
    if (!(strength >= 0)) continue;
    const isBefore = (place: number) =>
      strength > strengths[place] || (strength === strengths[place] && names[j] < names[kept[place]]);
    if (kept.length === count && (count === 0 || !isBefore(count - 1))) continue;
    let place = Math.min(kept.length, count - 1);
    for (; place > 0 && isBefore(place - 1); place--) {
      kept[place] = kept[place - 1];
      strengths[place] = strengths[place - 1];
    }
    kept[place] = j;
    strengths[place] = strength;
  }
  return kept;
}
