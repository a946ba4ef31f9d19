import { FirstDays } from './first-days.ts';
import { NumberList } from './number-list.ts';

/** Users and days on which something was met for the first time, and how many things. */
export interface Firsts {
  readonly users: Int32Array;
  readonly days: Int32Array;
  readonly counts: Int32Array;
}

/** Makes a day since 1970 a number above 0. */
const beforeAllDays = 2 ** 30;

/** What one user after the other met for the first time. */
export class FirstsOfUsers {
  /** What the last user met. */
  readonly met = new FirstDays();
  readonly #days = new FirstDays();
  readonly #rows = new NumberList(Int32Array);

  /** Takes all that a user met: so many things, 0 for none, and the days. */
  take(user: number, things: Int32Array, days: Int32Array, count: number): void {
    const { met } = this;
    met.reset(count);
    for (let i = 0; i < count; i++) if (things[i] > 0) met.add(things[i], days[i]);
    this.#days.reset(met.size);
    for (let i = 0; i < met.size; i++) this.#days.add(met.days[i] + beforeAllDays, 0);
    for (let i = 0; i < this.#days.size; i++) {
      this.#rows.push3(user, this.#days.things[i] - beforeAllDays, this.#days.counts[i]);
    }
  }

  firsts(): Firsts {
    const rows = this.#rows.values();
    const column = (j: number) => {
      const numbers = new Int32Array(rows.length / 3);
      for (let i = 0; i < numbers.length; i++) numbers[i] = rows[3 * i + j];
      return numbers;
    };
    return { users: column(0), days: column(1), counts: column(2) };
  }
}
