import type { Tree } from './tree.ts';

/** A number that trees test. */
export interface TestedNumber {
  readonly feature: number;
  /** Whether a test sends a missing one left, and whether one sends it right. */
  readonly isSentLeft: boolean;
  readonly isSentRight: boolean;
}

/** A category that trees test. */
export interface TestedCategory {
  readonly feature: number;
  /** The code from which on every test sends all levels right. */
  readonly others: number;
}

/** The numbers that trees test, by feature. */
export function testedNumbers(trees: readonly Tree[]): TestedNumber[] {
  const left = new Set<number>();
  const right = new Set<number>();
  for (const { feature, missing, sets } of trees) {
    for (let i = 0; i < feature.length; i++) {
      if (feature[i] >= 0 && !sets?.[i]) (missing[i] === 1 ? right : left).add(feature[i]);
    }
  }
  return [...new Set([...left, ...right])]
    .sort((a, b) => a - b)
    .map((feature) => ({ feature, isSentLeft: left.has(feature), isSentRight: right.has(feature) }));
}

/** The categories that trees test. */
export function testedCategories(trees: readonly Tree[]): TestedCategory[] {
  const others = new Map<number, number>();
  for (const { feature, sets = [] } of trees) {
    sets.forEach((set, i) => {
      if (set) others.set(feature[i], Math.max(others.get(feature[i]) ?? 0, (set.at(-1) ?? -1) + 1));
    });
  }
  return Array.from(others, ([feature, code]) => ({ feature, others: code }));
}
