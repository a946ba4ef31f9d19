/** What a log says of a user on every row: registration (ms since 1970, NaN for none), and codes of gender, location and agent. */
export type Profile = readonly [registered: number, gender: number, location: number, agent: number];

/** The profiles of rows, each with a number from 0. */
export class ProfileTable {
  readonly hashLow: number[] = [];
  readonly hashHigh: number[] = [];
  /** Rows of each profile. */
  rows = new Float64Array(1 << 10);
  readonly #byText = new Map<string, number>();
  /** Profile by profile. */
  #values = new Float64Array(4 << 10);
  /** Number + 1 of each user's last profile, by the user's code. */
  #last = new Int32Array(1 << 10);
  readonly #hashOf: (profile: Profile, half: number) => number;
  #added: Profile[] = [];

  constructor(hashOf: (profile: Profile, half: number) => number) {
    this.#hashOf = hashOf;
  }

  get count(): number {
    return this.hashLow.length;
  }

  /** @param user, gender, location, agent codes. */
  find(user: number, registered: number, gender: number, location: number, agent: number): number {
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
    const profile = this.#find([registered, gender, location, agent]);
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

  #find(profile: Profile): number {
    const key = profile.join(' ');
    const known = this.#byText.get(key);
    if (known !== undefined) return known;
    const number = this.count;
    this.#byText.set(key, number);
    if (number === this.rows.length) {
      this.rows = doubled(this.rows);
      this.#values = doubled(this.#values);
    }
    this.#values.set(profile, 4 * number);
    this.#added.push(profile);
    this.hashLow.push(this.#hashOf(profile, 0));
    this.hashHigh.push(this.#hashOf(profile, 1));
    return number;
  }
}

function doubled(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length);
  larger.set(array);
  return larger;
}
