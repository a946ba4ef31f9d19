import type { Matrix } from '../models/matrix.ts';
import type { Attribution } from './attribution.ts';

/** What one feature of a row was, and how much it moved the row's score, in the attribution's unit. */
interface Contribution {
  readonly feature: string;
  readonly value: number;
  readonly contribution: number;
}

/** The largest contributions to a row's score, and the sum of all others: with the base, the score. */
export interface Largest {
  readonly largest: readonly Contribution[];
  readonly others: number;
}

/** The `count` largest contributions by size, whichever their sign, largest first; ties by name. */
export function largestContributions(
  attribution: Attribution,
  matrix: Matrix,
  row: number,
  count: number,
): Largest {
  const { names, columns } = attribution;
  const largest = indicesOfLargest(attribution, row, count);
  const kept = new Set(largest);
  let others = 0;
  for (let j = 0; j < columns.length; j++) if (!kept.has(j)) others += columns[j][row];
  return {
    largest: largest.map((j) => ({
      feature: names[j],
      value: valuesOf(attribution, matrix, names[j])[row],
      contribution: columns[j][row],
    })),
    others,
  };
}

/** In one pass: a sort of all features for every row would take longer than attributing them. */
function indicesOfLargest({ names, columns }: Attribution, row: number, count: number): number[] {
  const kept: number[] = [];
  const isBefore = (a: number, b: number) => {
    const difference = Math.abs(columns[a][row]) - Math.abs(columns[b][row]);
    return difference > 0 || (difference === 0 && names[a] < names[b]);
  };
  for (let j = 0; j < columns.length; j++) {
    if (kept.length === count && (count === 0 || !isBefore(j, kept[count - 1]))) continue;
    let place = Math.min(kept.length, count - 1);
    for (; place > 0 && isBefore(j, kept[place - 1]); place--) kept[place] = kept[place - 1];
    kept[place] = j;
  }
  return kept;
}

/** What each row had of a feature. */
export function valuesOf({ values }: Attribution, matrix: Matrix, name: string): Float64Array {
  return values?.get(name) ?? matrix.columns[matrix.names.indexOf(name)];
}
