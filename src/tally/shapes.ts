import { longestSpan } from './spans.ts';

/** What an edge leads to: a slot of the definition, a key that it does not name, or the end of the line. */
export const ignoredKey = -1;
export const endOfLine = -2;

/** More than any log that machines write; one that has more is read by the judge. */
const maxNodes = 4096;

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
 * A node is the keys so far. Edge `e` of node `n`, with `firstEdge[n] <= e < firstEdge[n + 1]`, has the bytes
 * `segments[start[e] … start[e] + length[e])`, then a value for `slot[e]`, and goes on at `node[e]`.
 */
export class Shapes {
  firstEdge: Int32Array = new Int32Array(2);
  start: Int32Array = new Int32Array(0);
  length: Int32Array = new Int32Array(0);
  slot: Int32Array = new Int32Array(0);
  node: Int32Array = new Int32Array(0);
  segments: DataView = new DataView(new ArrayBuffer(0));
  /** By edge, to one of the pair's slots: the edge to the other one, where that is what comes next; −1 elsewhere. */
  partner: Int32Array = new Int32Array(0);
  /** By edge: 1 where it leads to a value that goes by the user. */
  isOfUser: Uint8Array = new Uint8Array(0);
  readonly #nodes: Edge[][] = [[]];
  readonly #slots: ReadonlyMap<string, number>;
  readonly #pair: readonly number[];
  readonly #ofUser: ReadonlySet<number>;

  /**
   * @param keys the keys of the slots, in their order.
   * @param pair two slots whose values go together, or none.
   * @param ofUser slots whose values go by the user.
   */
  constructor(keys: readonly string[], pair: readonly number[], ofUser: readonly number[]) {
    this.#slots = new Map(keys.map((key, slot) => [key, slot]));
    this.#pair = pair;
    this.#ofUser = new Set([...ofUser, ignoredKey]);
  }

  /** Takes up the shape of a line that is one JSON object without a key that stands twice; lines with nested values have none. */
  learn(line: Buffer): void {
    const steps = this.#stepsOf(line);
    if (steps === undefined || this.#nodes.length + steps.length > maxNodes) return;
    if (steps.some(({ segment }) => segment.length > longestSpan)) return;
    let node = 0;
    for (const { segment, slot } of steps) {
      const edges = this.#nodes[node];
      let edge = edges.find((one) => one.segment.equals(segment));
      if (edge === undefined) {
        edge = { segment, slot, node: slot === endOfLine ? 0 : this.#nodes.push([]) - 1 };
        edges.push(edge);
      }
      node = edge.node;
    }
    this.#flatten();
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

  #partnerOf({ slot, node }: Edge): number {
    const at = this.#pair.indexOf(slot);
    if (at < 0) return -1;
    const next = this.#nodes[node].findIndex((edge) => edge.slot === this.#pair[1 - at]);
    return next < 0 ? -1 : this.firstEdge[node] + next;
  }

  #flatten(): void {
    const edges = this.#nodes.flat();
    this.firstEdge = startsOf(this.#nodes);
    this.length = Int32Array.from(edges, ({ segment }) => segment.length);
    this.start = startsOf(edges.map(({ segment }) => segment));
    this.slot = Int32Array.from(edges, ({ slot }) => slot);
    this.node = Int32Array.from(edges, ({ node }) => node);
    const bytes = Uint8Array.from(edges.flatMap(({ segment }) => [...segment]));
    this.segments = new DataView(bytes.buffer);
    this.partner = Int32Array.from(edges, (edge) => this.#partnerOf(edge));
    this.isOfUser = Uint8Array.from(edges, ({ slot }) => (this.#ofUser.has(slot) ? 1 : 0));
  }
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
