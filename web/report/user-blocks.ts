import type { PackedBlock } from '../../src/report/pack-users.ts';
import { numbers, unpack } from './unpack.ts';

/** What one user's page shows. */
export interface User {
  readonly contributions: readonly Contribution[];
  /** The sum of all contributions that are not listed. */
  readonly others: number;
  /** The base and all contributions, to the digit. */
  readonly score: number;
  readonly days: readonly UserDay[];
  /** Probability of being lost by each day of the record's `riskByDay`; empty where it has none. */
  readonly risk: readonly number[];
}

/** In units of 1 / scale of the scores' unit, as `others` and `score` are. */
interface Contribution {
  readonly feature: number;
  readonly value: number;
  readonly contribution: number;
}

export interface UserDay {
  /** Days since the first of the log. */
  readonly day: number;
  readonly counts: readonly number[];
  readonly plan: string;
}

/** Every user at risk, unpacked a block at a time when one of them is asked for. */
export class UserBlocks {
  readonly #packed: readonly string[];
  readonly #usersOfBlock: number;
  readonly #unpacked = new Map<number, Promise<readonly User[]>>();

  constructor(packed: readonly string[], usersOfBlock: number) {
    this.#packed = packed;
    this.#usersOfBlock = usersOfBlock;
  }

  /** The user in a row of the score list. */
  async user(row: number): Promise<User> {
    const place = Math.floor(row / this.#usersOfBlock);
    const known = this.#unpacked.get(place) ?? unpack<PackedBlock>(this.#packed[place]).then(unpackBlock);
    this.#unpacked.set(place, known);
    return (await known)[row - place * this.#usersOfBlock];
  }
}

function unpackBlock(block: PackedBlock): User[] {
  const [values, others, scores] = [block.value, block.others, block.score].map(numbers);
  let firstContribution = 0;
  let firstDay = 0;
  return Array.from(scores, (score, i) => {
    const contributions = rangeOf(firstContribution, block.contributions[i]).map((k) => ({
      feature: block.feature[k],
      value: values[k],
      contribution: block.contribution[k],
    }));
    const inRange = rangeOf(firstDay, block.days[i]);
    const dayAt = sums(inRange.map((k) => block.step[k]));
    const days = inRange.map((k, j) => ({
      day: dayAt[j],
      counts: block.counts.map((column) => column[k]),
      plan: block.plan.texts[block.plan.index[k]],
    }));
    const risk = sums(block.risk[i]).map((parts) => parts / 10_000);
    firstContribution += block.contributions[i];
    firstDay += block.days[i];
    return { contributions, others: others[i], score, days, risk };
  });
}

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}

function rangeOf(start: number, length: number): number[] {
  return Array.from({ length }, (_, i) => start + i);
}
