import { highFactor, lowFactor, mix } from './mix.ts';
import type { Texts } from './texts.ts';

/** What a log says of a user on every row: registration (ms since 1970, NaN for none), and codes of gender, location and agent. */
export type Profile = readonly [registered: number, gender: number, location: number, agent: number];

/** The profiles of rows, each with a number from 0. */
export class ProfileTable {
  readonly hashLow: number[] = [];
  readonly hashHigh: number[] = [];
  /** Rows of each profile. */
  rows = new Float64Array(1 << 10);
  readonly #byText = new Map<string, number>();
  /** Registration and entries of gender, location and agent, profile by profile. */
  #values = new Float64Array(4 << 10);
  /** Number + 1 of each user's last profile, by the user's code. */
  #last = new Int32Array(1 << 10);
  #added: Profile[] = [];

  get count(): number {
    return this.hashLow.length;
  }

  /** @param user code of the user; the others but the registration are entries of texts. */
  find(
    user: number,
    registered: number,
    gender: number,
    location: number,
    agent: number,
    texts: Texts,
  ): number {
    const values = this.#values;
    const last = user < this.#last.length ? this.#last[user] : 0;
    const at = 4 * (last - 1);
    if (
      last > 0 &&
      values[at + 1] === gender &&
      values[at + 2] === location &&
      values[at + 3] === agent &&
      Object.is(values[at], registered)
    ) {
      return last - 1;
    }
    const profile = this.#find(registered, gender, location, agent, texts);
    if (user >= this.#last.length) {
      const larger = new Int32Array(2 * user);
      larger.set(this.#last);
      this.#last = larger;
    }
    this.#last[user] = profile + 1;
    return profile;
  }

  /** The profiles that were met since this was last called. */
  takeAdded(): Profile[] {
    const added = this.#added;
    this.#added = [];
    return added;
  }

  clear(): void {
    this.rows.fill(0);
  }

  #find(registered: number, gender: number, location: number, agent: number, texts: Texts): number {
    const key = `${registered} ${gender} ${location} ${agent}`;
    const known = this.#byText.get(key);
    if (known !== undefined) return known;
    const profile = this.count;
    this.#byText.set(key, profile);
    if (profile === this.rows.length) {
      this.rows = doubled(this.rows);
      this.#values = doubled(this.#values);
    }
    this.#values.set([registered, gender, location, agent], 4 * profile);
    this.#added.push([registered, texts.code(gender), texts.code(location), texts.code(agent)]);
    words.setFloat64(0, Number.isNaN(registered) ? -0.5 : registered);
    const hash = (halves: Int32Array, factor: number) =>
      [words.getInt32(0), words.getInt32(4), halves[gender], halves[location], halves[agent]].reduce(
        (sum, word) => mix(sum, word, factor),
        0,
      );
    this.hashLow.push(hash(texts.hashLow, lowFactor));
    this.hashHigh.push(hash(texts.hashHigh, highFactor));
    return profile;
  }
}

const words = new DataView(new ArrayBuffer(8));

function doubled(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length);
  larger.set(array);
  return larger;
}
