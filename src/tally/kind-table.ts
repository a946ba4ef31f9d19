import type { Definition } from '../definition/schema.ts';
import { anonymousName, dimensionName } from '../ingest/fields.ts';
import type { Kernel } from './kernel.ts';
import { Refusal } from './refusal.ts';
import type { Slot } from './slots.ts';
import { hashOfText, type Texts } from './texts.ts';

/** Where a log has more, its dimensions are no dimensions. */
const maxKinds = 4096;

/** What a row is, whoever's it is: texts, or null, of action, plan and the definition's dimensions. */
export type KindTexts = readonly (string | null)[];

/** As `kernel/tally/kinds.ts` has them. */
const flags = { loss: 1, play: 2, nobody: 4 };

/** Tells the kernel what the kinds of rows mean: combinations of the columns that make one and of those that make a row anonymous. */
export class KindTable {
  /** The slots that make a kind. */
  readonly slots: readonly number[];
  readonly #definition: Definition;
  readonly #texts: Texts;
  /** Slots of action, plan and dimensions, −1 for a plan that there is not; then those of the rules of anonymity. */
  readonly #own: readonly number[];
  readonly #rules: readonly number[];
  #added: KindTexts[] = [];

  constructor(definition: Definition, slots: readonly Slot[], texts: Texts) {
    const { own, rules, all } = kindSlots(definition, slots);
    this.#definition = definition;
    this.#texts = texts;
    this.#own = own;
    this.#rules = rules;
    this.slots = all;
  }

  /** Tells the kernel of the kind of its row. @throws Refusal for too many kinds. */
  add(kind: number, kernel: Kernel, codes: Int32Array): void {
    if (kind === maxKinds)
      throw new Refusal(`rows have more than ${maxKinds} kinds of action, plan and dimensions`);
    const text = (slot: number) => (slot < 0 ? null : this.#texts.textOf(slot, codes[slot]));
    const own = this.#own.map(text);
    const action = own[0] ?? '';
    const { loss, roles, anonymous } = this.#definition;
    const isNobody = anonymous.some((rule, j) => {
      const value = text(this.#rules[j]);
      return value !== null && rule.in.includes(value);
    });
    const played = Object.values(roles).flatMap((actions, role) => (actions.includes(action) ? [role] : []));
    const [low, high] = hashOfText(JSON.stringify([isNobody, own]));
    const plan = this.#own[1] < 0 ? 0 : codes[this.#own[1]];
    const marks =
      (loss.actions.includes(action) ? flags.loss : 0) |
      (roles.play?.includes(action) ? flags.play : 0) |
      (isNobody ? flags.nobody : 0);
    const rolesAt = kernel.put(new Uint8Array(Int32Array.from(played).buffer));
    kernel.call.keepKind(kind, low, high, plan, marks, rolesAt, played.length);
    this.#added.push(own);
  }

  /** The kinds that were met since this was last called. */
  takeAdded(): KindTexts[] {
    const added = this.#added;
    this.#added = [];
    return added;
  }
}

/** The slots that make a kind: those of its texts, and those that tell whether a row is anonymous. */
export function kindSlots(definition: Definition, slots: readonly Slot[]) {
  const slotOf = (name: string) => slots.findIndex(({ names }) => names.includes(name));
  const own = [
    slotOf('action'),
    slotOf('plan'),
    ...definition.dimensions.map((_, j) => slotOf(dimensionName(j))),
  ];
  const rules = definition.anonymous.map((_, j) => slotOf(anonymousName(j)));
  return { own, rules, all: [...new Set([...own, ...rules])].filter((slot) => slot >= 0) };
}
