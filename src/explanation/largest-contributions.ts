import type { Matrix } from '../models/matrix.ts';
import type { Attribution } from './attribution.ts';
import { strongestFeatures } from './strongest-features.ts';

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
  const largest = strongestFeatures(attribution, row, count, Math.abs);
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

/** What each row had of a feature. */
export function valuesOf({ values }: Attribution, matrix: Matrix, name: string): Float64Array {
  return values?.get(name) ?? matrix.columns[matrix.names.indexOf(name)];
}
