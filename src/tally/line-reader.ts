import { isoMillis } from '../ingest/judge.ts';
import { Kernel } from './kernel.ts';
import { Refusal } from './refusal.ts';
import { Shapes } from './shapes.ts';
import type { Slot } from './slots.ts';
import { hashOfText, Texts, textOf } from './texts.ts';

/** So many bytes stand behind the data, all of them quotes: how far the end of a text is looked for. */
export const padding = 64;

/** As `kernel/tally/kind-spans.ts` has it. */
const maxKindSpanSlots = 24;

/** The longest text that is kept; a log with a longer one is read row by row. */
const longestText = 1 << 16;

/**
 * Reads lines of JSON that are written as others before them, in the kernel: keys are compared, not parsed, and texts are told
 * apart by their bytes. What a line of a known shape says is exact; of any other line nothing is said.
 *
 * Two things make it fast. What a line says of its user, keys and all, is compared with the user's last line at once. And
 * creator and item, where one follows the other, are looked up as one.
 */
export class LineReader {
  readonly kernel: Kernel;
  readonly shapes: Shapes;
  readonly texts: Texts;
  readonly #slots: readonly Slot[];

  /**
   * @param kept slots that make kinds of rows, whose texts are asked for.
   * @param addKind called for a row of a new kind; see `kernel/tally/host.ts`.
   */
  constructor(slots: readonly Slot[], kept: ReadonlySet<number>, addKind: (kind: number) => void = () => {}) {
    this.#slots = slots;
    this.texts = new Texts(slots.length, kept);
    this.kernel = new Kernel({
      addText: (slot, at, length) => this.#addText(slot, at, length),
      isText: (at, length) => (textOf(this.#bytes(at, length)) === undefined ? 0 : 1),
      isoMillis: (at, length) => isoMillis(this.#bytes(at, length).toString('latin1')),
      addKind,
    });
    const { call } = this.kernel;
    call.setSlots(slots.length);
    const slotOf = (name: string) => slots.findIndex(({ names }) => names.includes(name));
    for (const name of placeNames) {
      const slot = slotOf(name);
      call[`${name}Slot`].value = slot < 0 ? slots.length : slot;
    }
    const slotsOf = (names: readonly string[]) => [...new Set(names.map(slotOf))].filter((slot) => slot >= 0);
    const ofUser = slotsOf(['registered', 'gender', 'location', 'agent']);
    for (const slot of ofUser) call.addUserSlot(slot);
    call.areKindsOfUser.value = ofUser.some((slot) => kept.has(slot)) ? 1 : 0;
    const pair = slotsOf(['creator', 'item']);
    const ofKind = kindSpanSlots(slots, kept);
    for (const slot of ofKind) call.addKindSpanSlot(slot);
    if (ofKind.length === kept.size) call.closeKindSpanSlots();
    this.shapes = new Shapes(slots, pair.length === 2 ? pair : [], ofUser, ofKind, this.kernel);
  }

  /** Puts what the judge read in the place of what the kernel read. */
  take(record: Readonly<Record<string, string | number | null>>): void {
    this.kernel.call.beginRow();
    for (const [slot, { key, type }] of this.#slots.entries()) {
      const value = record[key] ?? null;
      if (value === null) continue;
      const isText = type === 'text' || type === 'id';
      const code = isText ? this.#codeOf(slot, String(value)) : 0;
      const { codes, numbers } = this.kernel.row(this.#slots.length);
      if (isText) codes[slot] = code;
      else numbers[slot] = type === 'iso' ? Date.parse(String(value)) : Number(value);
    }
  }

  #codeOf(slot: number, text: string): number {
    const { kernel } = this;
    const written = Buffer.from(JSON.stringify(text));
    const at = kernel.put(written);
    const code = kernel.call.codeOf(slot, at + 1, written.length - 2);
    kernel.call.release(at);
    return code;
  }

  #addText(slot: number, at: number, length: number): number {
    const text = textOf(this.#bytes(at, length));
    if (text === undefined) return 0;
    if (length > longestText) throw new Refusal(`the log has a text of more than ${longestText} bytes`);
    const code = this.texts.add(slot, text);
    const [low, high] = hashOfText(text);
    const { call } = this.kernel;
    call.keepText(slot, code, low, high);
    if (text === '') {
      if (slot === call.userSlot.value) call.emptyUser.value = code;
      if (slot === call.actionSlot.value) call.emptyAction.value = code;
    }
    return code;
  }

  #bytes(at: number, length: number): Buffer {
    return this.kernel.bytes.subarray(at, at + length);
  }
}

/** Slots that make kinds of rows and play no other part that the kernel asks for; as many as it has room for. */
function kindSpanSlots(slots: readonly Slot[], kept: ReadonlySet<number>): number[] {
  const others = placeNames.filter((name) => name !== 'action');
  const isAlone = (slot: number) => !slots[slot].names.some((name) => others.some((other) => other === name));
  return [...kept].filter(isAlone).slice(0, maxKindSpanSlots);
}

/** The parts of a definition that the kernel knows by name. */
const placeNames = [
  'user',
  'session',
  'action',
  'time',
  'sequence',
  'duration',
  'registered',
  'creator',
  'item',
  'gender',
  'location',
  'agent',
] as const;
