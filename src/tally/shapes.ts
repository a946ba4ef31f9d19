import type { Kernel } from './kernel.ts';
import type { Slot, SlotType } from './slots.ts';

/** What an edge leads to besides a slot of the definition: a key that it does not name, or the end of the line. */
const ignoredKey = -1;
const endOfLine = -2;

/** As `kernel/tally/shapes.ts` has them. */
const types: Readonly<Record<SlotType, number>> = {
  text: 0,
  id: 1,
  number: 2,
  quoted: 3,
  iso: 4,
  ignored: 5,
};

/** What the value of a key goes by, as `kernel/tally/shapes.ts` has it. */
const groups = { none: 0, byUser: 1, byKind: 2 };

/** More than any log that machines write; one that has more is read by the judge. */
const maxNodes = 4096;

/** The longest segment, in bytes. */
const longestSegment = 1 << 16;

interface Edge {
  readonly segment: Buffer;
  readonly slot: number;
  readonly node: number;
}

/**
 * How the log's lines are written: what stands before each value, from the value before it on. Lines of a log nearly always have
 * the same keys in the same order, so these segments are few. They come from whole lines that were judged to be good: a line
 * of the same segments, with any JSON scalars between them, is one JSON object in which no key stands twice.
 *
 * A node is the keys so far. Each of its edges has the bytes of a segment, then a value for a slot, and goes on at a node.
 */
export class Shapes {
  readonly #nodes: Edge[][] = [[]];
  readonly #kernel: Kernel;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #types: readonly number[];
  readonly #pair: readonly number[];
  readonly #ofUser: readonly number[];
  readonly #ofKind: readonly number[];
  /** What the kernel holds of this. */
  #held: readonly number[] = [];

  /**
   * @param pair two slots whose values go together, or none.
   * @param ofUser, ofKind slots whose values go by the user, and by the kind of the row.
   * @param kernel which compares lines with these.
   */
  constructor(
    slots: readonly Slot[],
    pair: readonly number[],
    ofUser: readonly number[],
    ofKind: readonly number[],
    kernel: Kernel,
  ) {
    this.#slots = new Map(slots.map(({ key }, slot) => [key, slot]));
    this.#types = slots.map(({ type }) => types[type]);
    this.#pair = pair;
    this.#ofUser = ofUser;
    this.#ofKind = ofKind;
    this.#kernel = kernel;
    this.#tell();
  }

  /** Takes up the shape of a line that is one JSON object without a key that stands twice; lines with nested values have none. */
  learn(line: Buffer): void {
    const steps = this.#stepsOf(line);
    if (steps === undefined || this.#nodes.length + steps.length > maxNodes) return;
    if (steps.some(({ segment }) => segment.length > longestSegment)) return;
    let node = 0;
    for (const { segment, slot } of steps) {
      const edges = this.#nodes[node];
      let edge = edges.find((one) => one.segment.equals(segment));
      if (edge === undefined) {
        edge = { segment, slot, node: slot === endOfLine ? 0 : this.#nodes.push([]) - 1 };
        // The kernel goes by the first edge of a node: one whose value goes by user or kind must not stand behind another.
        if (this.#groupOf(slot).group === groups.none) edges.push(edge);
        else edges.unshift(edge);
      }
      node = edge.node;
    }
    this.#tell();
  }

  #stepsOf(line: Buffer): { segment: Buffer; slot: number }[] | undefined {
    const steps: { segment: Buffer; slot: number }[] = [];
    let from = 0;
    for (let at = line.indexOf(123) + 1; ; ) {
      while (isSpace(line[at]) || line[at] === 44) at++;
      if (line[at] === 125) {
        steps.push({ segment: Buffer.from(line.subarray(from)), slot: endOfLine });
        return steps;
      }
      const keyEnd = endOfText(line, at);
      const slot = this.#slots.get(JSON.parse(line.toString('utf8', at, keyEnd))) ?? ignoredKey;
      at = line.indexOf(58, keyEnd) + 1;
      while (isSpace(line[at])) at++;
      if (line[at] === 123 || line[at] === 91) return undefined;
      steps.push({ segment: Buffer.from(line.subarray(from, at)), slot });
      from = line[at] === 34 ? endOfText(line, at) : endOfWord(line, at);
      at = from;
    }
  }

  /** Hands all of it to the kernel, in the form of `kernel/tally/shapes.ts`. */
  #tell(): void {
    const { call } = this.#kernel;
    const put = (bytes: Uint8Array) => this.#kernel.put(bytes);
    const starts = startsOf(this.#nodes);
    const segments = put(Buffer.concat(this.#nodes.flat().map(({ segment }) => segment)));
    let segment = segments;
    const edges = this.#nodes.flat().flatMap((edge) => {
      const { slot, node } = edge;
      const at = segment;
      segment += edge.segment.length;
      const type = slot >= 0 ? this.#types[slot] : types.ignored;
      const { group, bit } = this.#groupOf(slot);
      return [at, edge.segment.length, slot, node, this.#partnerOf(edge, starts), group, type, bit];
    });
    const nodes = this.#nodes.flatMap((_, node) => [starts[node], starts[node + 1]]);
    const edgesAt = put(bytesOf(edges));
    const nodesAt = put(bytesOf(nodes));
    call.setShapes(nodesAt, edgesAt);
    for (const at of this.#held) call.release(at);
    this.#held = [segments, edgesAt, nodesAt];
  }

  #groupOf(slot: number): { readonly group: number; readonly bit: number } {
    const kind = this.#ofKind.indexOf(slot);
    if (kind >= 0) return { group: groups.byKind, bit: 1 << kind };
    const user = this.#ofUser.indexOf(slot);
    if (user >= 0) return { group: groups.byUser, bit: 1 << user };
    return { group: slot === ignoredKey ? groups.byUser : groups.none, bit: 0 };
  }

  /** The edge to the pair's other slot, where that is what comes next; −1 elsewhere. */
  #partnerOf({ slot, node }: Edge, starts: Int32Array): number {
    const at = this.#pair.indexOf(slot);
    if (at < 0) return -1;
    const next = this.#nodes[node].findIndex((edge) => edge.slot === this.#pair[1 - at]);
    return next < 0 ? -1 : starts[node] + next;
  }
}

function bytesOf(numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(numbers).buffer);
}

/** Where each of the lists begins when they stand one behind the other, and where the last one ends. */
function startsOf(lists: readonly { readonly length: number }[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach(({ length }, i) => {
    starts[i + 1] = starts[i] + length;
  });
  return starts;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}

/** Where the JSON string that begins at `at` has ended. */
function endOfText(line: Buffer, at: number): number {
  let end = at + 1;
  while (line[end] !== 34) end += line[end] === 92 ? 2 : 1;
  return end + 1;
}

function endOfWord(line: Buffer, at: number): number {
  let end = at;
  while (!isSpace(line[end]) && line[end] !== 44 && line[end] !== 125) end++;
  return end;
}
