import { createRandom, hash32 } from '../../random.ts';
import { exp } from '../exponential.ts';
import { log1p } from '../logarithm.ts';
import type { Examples } from '../matrix.ts';
import { everyRow } from '../tree/bins.ts';
import type { WeightedLabels } from './log-loss.ts';
import type { GradientBoostingSettings } from './settings.ts';

/** Rows to grow trees on and rows to judge them by, both ascending; no user has rows in both. */
export interface Holdout {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/** Sets users aside, as large a share of those who were ever lost as of the others. */
export function holdOut(
  { labels, groups }: Examples,
  { earlyStoppingRounds, validationShare }: GradientBoostingSettings,
  seed: number,
): Holdout {
  const rows = everyRow(labels.length);
  if (earlyStoppingRounds === 0) return { training: rows, validation: new Int32Array(0) };
  const lost = new Set(Array.from(groups).filter((_, i) => labels[i] === 1));
  const users = [...new Set(groups)].sort((a, b) => a - b);
  const random = createRandom(hash32('validation users', seed));
  const share = (stratum: number[]) =>
    random.shuffle(stratum).slice(0, Math.floor(validationShare * stratum.length));
  const aside = new Set([
    ...share(users.filter((user) => lost.has(user))),
    ...share(users.filter((user) => !lost.has(user))),
  ]);
  const isAside = (row: number) => aside.has(groups[row]);
  return { training: rows.filter((row) => !isAside(row)), validation: rows.filter(isAside) };
}

/** Watches the loss on validation rows from tree to tree. */
export class EarlyStopping {
  readonly #labels: WeightedLabels;
  readonly #rows: Int32Array;
  readonly #rounds: number;
  #lowest: number;
  #bestTrees: number;

  /** @param trees how many there are already. */
  constructor(
    labels: WeightedLabels,
    rows: Int32Array,
    rounds: number,
    logOdds: Float64Array,
    trees: number,
  ) {
    this.#labels = labels;
    this.#rows = rows;
    this.#rounds = rounds;
    this.#lowest = lossOf(labels, rows, logOdds);
    this.#bestTrees = trees;
  }

  /** The number of trees with the lowest loss, the fewest of equals. */
  get bestTrees(): number {
    return this.#bestTrees;
  }

  /** Whether to stop after this tree. */
  isOver(logOdds: Float64Array, trees: number): boolean {
    const loss = lossOf(this.#labels, this.#rows, logOdds);
    if (loss < this.#lowest) {
      this.#lowest = loss;
      this.#bestTrees = trees;
    }
    return trees - this.#bestTrees >= this.#rounds;
  }
}

/** The weighted log loss, summed. */
function lossOf({ labels, weights }: WeightedLabels, rows: Int32Array, logOdds: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    const label = labels[row];
    const margin = label === 1 ? logOdds[row] : -logOdds[row];
    sum += weights[row] * (log1p(exp(-Math.abs(margin))) + Math.max(0, -margin));
  }
  return sum;
}
