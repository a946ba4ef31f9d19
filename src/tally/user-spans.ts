import { longestSpan, Spans } from './spans.ts';

/** Spans that are met again on less than this share of lines are no longer kept. */
const worthwhile = 0.5;
const trial = 4096;
const maxBytes = 256 << 20;

/** What lines say of their user in a row, keys and all: values that nearly always are those of the user's line before. */
export class UserSpans {
  /** Where the shapes of lines go on behind the span that `recall` found. */
  node = 0;
  readonly #slots: readonly number[];
  readonly #codes: Int32Array;
  readonly #numbers: Float64Array;
  readonly #spans = new Spans();
  /** Span and the node before it on each user's last line, by the user's code. */
  #last: Int32Array = new Int32Array(2 << 10);
  /** By slot: its bit among those whose values go by the user; 0 for others. */
  readonly bits: Uint8Array;
  /** By span, the bits of the slots that it has. */
  #masks: Uint8Array = new Uint8Array(1 << 10);
  /** The node behind each span; codes and numbers of its slots. */
  #nodes: Int32Array = new Int32Array(1 << 10);
  #values: Float64Array;
  #tried = 0;
  #right = 0;

  /** @param slots those whose values go by the user; @param codes, numbers where values are read to. */
  constructor(slots: readonly number[], codes: Int32Array, numbers: Float64Array) {
    this.#slots = slots;
    this.bits = new Uint8Array(codes.length);
    slots.forEach((slot, i) => {
      this.bits[slot] = 1 << i;
    });
    this.#codes = codes;
    this.#numbers = numbers;
    this.#values = new Float64Array((2 * slots.length) << 10);
  }

  /** Reads the span of the user's line before, where it stands at `at` again; gives where it ends, −1 where it does not. */
  recall(user: number, node: number, data: DataView, at: number): number {
    if (2 * user >= this.#last.length) return -1;
    const span = this.#last[2 * user];
    if (span === 0 || this.#last[2 * user + 1] !== node) return -1;
    this.#tried++;
    if (!this.#spans.isAt(span, data, at)) return -1;
    this.#right++;
    const slots = this.#slots;
    const values = this.#values;
    const from = 2 * slots.length * span;
    for (let i = 0; i < slots.length; i++) {
      if ((this.#masks[span] & (1 << i)) === 0) continue;
      this.#codes[slots[i]] = values[from + 2 * i];
      this.#numbers[slots[i]] = values[from + 2 * i + 1];
    }
    this.node = this.#nodes[span];
    return at + this.#spans.lengthOf(span);
  }

  /** Keeps what was read between two nodes. @param mask bits of the slots that were. */
  keep(
    user: number,
    before: number,
    data: DataView,
    start: number,
    end: number,
    behind: number,
    mask: number,
  ): void {
    if (this.#tried > trial && this.#right < worthwhile * this.#tried) return;
    let span = this.#spans.find(before & 63, data, start, end - start);
    // Nodes that share a tag, which is rare, may not share a span.
    if (span !== 0 && this.#nodes[span] !== behind) return;
    if (span === 0) {
      if (end - start > longestSpan || this.#spans.bytes + end - start > maxBytes) return;
      span = this.#add(before & 63, data, start, end, behind);
      this.#masks[span] = mask;
    }
    if (2 * user + 1 >= this.#last.length) {
      const larger = new Int32Array(4 * user + 2);
      larger.set(this.#last);
      this.#last = larger;
    }
    this.#last[2 * user] = span;
    this.#last[2 * user + 1] = before;
  }

  #add(tag: number, data: DataView, start: number, end: number, behind: number): number {
    const span = this.#spans.add(tag, data, start, end - start);
    const slots = this.#slots;
    if (span >= this.#nodes.length) {
      const nodes = new Int32Array(2 * span);
      nodes.set(this.#nodes);
      this.#nodes = nodes;
      const masks = new Uint8Array(2 * span);
      masks.set(this.#masks);
      this.#masks = masks;
      const values = new Float64Array(4 * slots.length * span);
      values.set(this.#values);
      this.#values = values;
    }
    this.#nodes[span] = behind;
    let to = 2 * slots.length * span;
    for (const slot of slots) {
      this.#values[to++] = this.#codes[slot];
      this.#values[to++] = this.#numbers[slot];
    }
    return span;
  }
}
