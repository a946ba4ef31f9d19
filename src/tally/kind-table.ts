import type { Definition } from '../definition/schema.ts';
import { anonymousName, dimensionName } from '../ingest/fields.ts';
import { factors, mix, mixAll } from './mix.ts';
import { NumberList } from './number-list.ts';
import { Refusal } from './refusal.ts';
import type { Slot } from './slots.ts';
import type { Texts } from './texts.ts';

/** Where a log has more, its dimensions are no dimensions. */
const maxKinds = 4096;

/** What a row is, whoever's it is: texts, or null, of action, plan and the definition's dimensions. */
export type KindTexts = readonly (string | null)[];

/**
 * The kinds of rows: each combination of the columns that make one, and of those that tell whether a row is anonymous, has a
 * number from 0. How many rows and which users each has is counted.
 */
export class KindTable {
  readonly isLoss: number[] = [];
  readonly isPlay: number[] = [];
  /** The roles that the action plays, by their place in the definition. */
  readonly roles: number[][] = [];
  /** Rows of users and rows of nobody, two numbers a kind. */
  readonly rows = new Float64Array(2 * maxKinds);
  /** User and kind of the users' rows, each pair once in the life of this table. */
  readonly userKinds = new NumberList(Int32Array);
  readonly #texts: Texts;
  readonly #definition: Definition;
  readonly #user: number;
  /** The slots that make a kind, −1 for a plan that there is not, then those that make a row anonymous. */
  readonly #own: readonly number[];
  readonly #rules: readonly number[];
  readonly #slots: readonly number[];
  /** Codes in `#slots`, kind by kind. */
  readonly #codes: Int32Array;
  readonly #planCodes: number[] = [];
  readonly #isNobody: boolean[] = [];
  readonly hashLow: number[] = [];
  readonly hashHigh: number[] = [];
  readonly #users: Int32Array[] = [];
  /** Kind + 1, by open addressing. */
  readonly #table = new Int32Array(4 * maxKinds);
  #added: KindTexts[] = [];

  constructor(definition: Definition, slots: readonly Slot[], texts: Texts) {
    const slotOf = (name: string) => slots.findIndex(({ names }) => names.includes(name));
    this.#definition = definition;
    this.#texts = texts;
    this.#user = slotOf('user');
    this.#own = [
      slotOf('action'),
      slotOf('plan'),
      ...definition.dimensions.map((_, j) => slotOf(dimensionName(j))),
    ];
    this.#rules = definition.anonymous.map((_, j) => slotOf(anonymousName(j)));
    this.#slots = [...new Set([...this.#own, ...this.#rules])].filter((slot) => slot >= 0);
    this.#codes = new Int32Array(maxKinds * this.#slots.length);
  }

  get count(): number {
    return this.isLoss.length;
  }

  /** The kind of the row with these codes; −1 where its action is empty. @throws Refusal for too many kinds. */
  find(codes: Int32Array): number {
    const slots = this.#slots;
    const width = slots.length;
    const known = this.#codes;
    const table = this.#table;
    let hash = 0;
    for (let i = 0; i < width; i++) hash = mix(hash, codes[slots[i]], factors[0]);
    for (let place = hash & (table.length - 1); ; place = (place + 1) & (table.length - 1)) {
      const kind = table[place] - 1;
      if (kind < 0) return this.#add(codes, place);
      let i = 0;
      while (i < width && known[kind * width + i] === codes[slots[i]]) i++;
      if (i === width) return kind;
    }
  }

  /** Counts a row of the user with this code. */
  tally(kind: number, user: number, isAnonymous: boolean): void {
    this.rows[2 * kind + (isAnonymous ? 1 : 0)]++;
    if (isAnonymous) return;
    const word = user >> 5;
    let users = this.#users[kind];
    if (word >= users.length) {
      users = new Int32Array(2 * word + 32);
      users.set(this.#users[kind]);
      this.#users[kind] = users;
    }
    const bit = 1 << (user & 31);
    if ((users[word] & bit) !== 0) return;
    users[word] |= bit;
    this.userKinds.push2(user, kind);
  }

  /** Whether a row of this kind and user is nobody's. */
  isAnonymous(kind: number, user: number): boolean {
    return this.#isNobody[kind] || user === this.#texts.emptyCodes[this.#user];
  }

  /** Code of the plan, 0 for none. */
  planCode(kind: number): number {
    return this.#planCodes[kind];
  }

  /** The kinds that were met since this was last called. */
  takeAdded(): KindTexts[] {
    const added = this.#added;
    this.#added = [];
    return added;
  }

  clear(): void {
    this.rows.fill(0);
    this.userKinds.clear();
  }

  #add(codes: Int32Array, place: number): number {
    const texts = this.#texts;
    const text = (slot: number) => (slot < 0 || codes[slot] === 0 ? null : texts.textOf(slot, codes[slot]));
    const own = this.#own.map(text);
    const [action] = own;
    if (action === null || action === '') return -1;
    const kind = this.count;
    if (kind === maxKinds)
      throw new Refusal(`rows have more than ${maxKinds} kinds of action, plan and dimensions`);
    const { loss, roles, anonymous } = this.#definition;
    const isNobody = anonymous.some((rule, j) => {
      const value = text(this.#rules[j]);
      return value !== null && rule.in.includes(value);
    });
    this.#codes.set(
      this.#slots.map((slot) => codes[slot]),
      kind * this.#slots.length,
    );
    this.#table[place] = kind + 1;
    this.isLoss.push(loss.actions.includes(action) ? 1 : 0);
    this.isPlay.push(roles.play?.includes(action) ? 1 : 0);
    this.roles.push(
      Object.values(roles).flatMap((actions, role) => (actions.includes(action) ? [role] : [])),
    );
    this.#planCodes.push(this.#own[1] < 0 ? 0 : codes[this.#own[1]]);
    this.#isNobody.push(isNobody);
    const hash = (half: number) => {
      const words = this.#own.map((slot) => (slot < 0 ? 0 : texts.hashes[slot][2 * codes[slot] + half]));
      return mixAll([isNobody ? 1 : 0, ...words], half);
    };
    this.hashLow.push(hash(0));
    this.hashHigh.push(hash(1));
    this.#users.push(new Int32Array(32));
    this.#added.push(own);
    return kind;
  }
}
