import type { SlicePart } from './partition.ts';
import type { State } from './states.ts';

/** What the simulator counted of its own log. */
export interface LogCounts {
  readonly rows: number;
  /** Distinct users among the rows that name one. */
  readonly users: number;
  /** Users who cancelled. */
  readonly lost: number;
  /** Rows that name no user. */
  readonly anonymous: number;
  /** Rows by value; the values in the order of the pages and states of the service. */
  readonly pages: Readonly<Record<string, number>>;
  readonly auths: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<string, number>>;
  readonly methods: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Counts slice parts as they come. */
export class Tally {
  readonly #states: readonly State[];
  readonly #rows: Float64Array;
  #users = 0;

  constructor(states: readonly State[]) {
    this.#states = states;
    this.#rows = new Float64Array(states.length);
  }

  /** @returns the rows of the parts. */
  add(parts: readonly SlicePart[]): number {
    let added = 0;
    for (const part of parts) {
      this.#users += part.newUsers;
      part.rows.forEach((count, state) => {
        this.#rows[state] += count;
        added += count;
      });
    }
    return added;
  }

  counts(): LogCounts {
    const pages = this.#by('page');
    const auths = this.#by('auth');
    return {
      rows: this.#rows.reduce((sum, count) => sum + count, 0),
      users: this.#users,
      lost: pages['Cancellation Confirmation'],
      anonymous: auths.Guest + auths['Logged Out'],
      pages,
      auths,
      levels: this.#by('level'),
      methods: this.#by('method'),
      statuses: this.#by('status'),
    };
  }

  #by(field: 'page' | 'auth' | 'level' | 'method' | 'status'): Record<string, number> {
    const counts: Record<string, number> = {};
    this.#states.forEach((state, index) => {
      const value = String(state[field]);
      counts[value] = (counts[value] ?? 0) + this.#rows[index];
    });
    return counts;
  }
}
