/** Columns of a part before those of the roles; a part is one row of the ledger's table `parts`, as far as a slice of the log knows it. */
export const partColumns = [
  'user',
  'session',
  'day',
  'plan',
  'profile',
  'events',
  'night_events',
  'duration',
  'first_time',
  'last_time',
  'order_time',
  'order_sequence',
] as const;

const [user, session, day, plan, profile, events, night, duration, first, last, orderTime, orderSequence] =
  partColumns.keys();

/**
 * Events by user, session, day, plan and profile: rows of doubles, first the keys (codes; the day since 1970), then
 * `partColumns` and for each role the count and the time of the last (−1 for none).
 */
export class PartTable {
  readonly width: number;
  #rows: Float64Array;
  #count = 0;
  /** Row + 1, by open addressing. */
  #table = new Int32Array(1 << 12);
  /** Row + 1 of each user's last part. */
  #lastOf = new Int32Array(1 << 10);

  constructor(roles: number) {
    this.width = partColumns.length + 2 * roles;
    this.#rows = new Float64Array(this.width << 10);
  }

  get count(): number {
    return this.#count;
  }

  find(user: number, session: number, day: number, plan: number, profile: number): number {
    if (user >= this.#lastOf.length) this.#lastOf = grownTo(this.#lastOf, 2 * user);
    const guess = this.#lastOf[user] - 1;
    if (guess >= 0 && this.#is(guess, user, session, day, plan, profile)) return guess;
    const table = this.#table;
    const mask = table.length - 1;
    let place = hashOf(user, session, day, plan, profile) & mask;
    while (table[place] !== 0 && !this.#is(table[place] - 1, user, session, day, plan, profile)) {
      place = (place + 1) & mask;
    }
    if (table[place] === 0) table[place] = this.#add(user, session, day, plan, profile) + 1;
    const part = table[place] - 1;
    this.#lastOf[user] = part + 1;
    if (2 * this.#count > this.#table.length) this.#rehash();
    return part;
  }

  /**
   * Adds an event.
   * @param values its time, sequence and duration.
   * @param isLoss of no event of a loss is a count made; see the ledger's columns.
   */
  add(part: number, values: Float64Array, isNight: boolean, isLoss: boolean, roles: readonly number[]): void {
    const time = values[0];
    const sequence = values[1];
    const length = values[2];
    const rows = this.#rows;
    const at = part * this.width;
    if (!isLoss) {
      rows[at + events]++;
      if (isNight) rows[at + night]++;
    }
    if (length > 0) rows[at + duration] += length;
    if (time < rows[at + first]) rows[at + first] = time;
    if (time > rows[at + last]) rows[at + last] = time;
    const order = sequence > 0 ? Math.min(sequence, 65_535) : 0;
    if (time > rows[at + orderTime] || (time === rows[at + orderTime] && order > rows[at + orderSequence])) {
      rows[at + orderTime] = time;
      rows[at + orderSequence] = order;
    }
    for (let i = 0; i < roles.length; i++) {
      const count = at + partColumns.length + 2 * roles[i];
      rows[count]++;
      if (time > rows[count + 1]) rows[count + 1] = time;
    }
  }

  durationOf(part: number): number {
    return this.#rows[part * this.width + duration];
  }

  /** The parts row by row; valid until the table changes. */
  values(): Float64Array {
    return this.#rows.subarray(0, this.#count * this.width);
  }

  clear(): void {
    this.#count = 0;
    this.#table.fill(0);
    this.#lastOf.fill(0);
  }

  #is(
    part: number,
    ofUser: number,
    ofSession: number,
    ofDay: number,
    ofPlan: number,
    ofProfile: number,
  ): boolean {
    const rows = this.#rows;
    const at = part * this.width;
    return (
      rows[at + session] === ofSession &&
      rows[at + day] === ofDay &&
      rows[at + user] === ofUser &&
      rows[at + plan] === ofPlan &&
      rows[at + profile] === ofProfile
    );
  }

  #add(ofUser: number, ofSession: number, ofDay: number, ofPlan: number, ofProfile: number): number {
    const part = this.#count++;
    const at = part * this.width;
    if (at + this.width > this.#rows.length) {
      const larger = new Float64Array(2 * this.#rows.length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const rows = this.#rows;
    rows.fill(0, at, at + this.width);
    rows[at + user] = ofUser;
    rows[at + session] = ofSession;
    rows[at + day] = ofDay;
    rows[at + plan] = ofPlan;
    rows[at + profile] = ofProfile;
    rows[at + first] = Number.POSITIVE_INFINITY;
    rows[at + last] = -1;
    rows[at + orderTime] = -1;
    for (let i = at + partColumns.length + 1; i < at + this.width; i += 2) rows[i] = -1;
    return part;
  }

  #rehash(): void {
    const table = new Int32Array(2 * this.#table.length);
    const mask = table.length - 1;
    const rows = this.#rows;
    for (let part = 0; part < this.#count; part++) {
      const at = part * this.width;
      let place =
        hashOf(rows[at + user], rows[at + session], rows[at + day], rows[at + plan], rows[at + profile]) &
        mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = part + 1;
    }
    this.#table = table;
  }
}

function hashOf(user: number, session: number, day: number, plan: number, profile: number): number {
  let hash = Math.imul(user, 0x9e3779b1) ^ Math.imul(session, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ day, 0xc2b2ae35) ^ Math.imul(plan, 0x27d4eb2f) ^ profile;
  hash = Math.imul(hash ^ (hash >>> 13), 0x165667b1);
  return hash ^ (hash >>> 16);
}

function grownTo(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
