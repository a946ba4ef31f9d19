import { Spans } from './spans.ts';

/**
 * The texts of all slots, each with a code that counts those of its slot from 1; 0 is none. Texts that are written otherwise and
 * mean the same have two codes. Memory grows with the number of different texts.
 */
export class Texts {
  /** As they are written between their quotes; a span is called an entry here. */
  readonly written = new Spans();
  /** By slot, at `2 * code`: two halves of a hash of what the text means, which is the same in every thread. */
  readonly hashes: Int32Array[];
  /** By slot: the code of the empty text; −1 where there was none. */
  readonly emptyCodes: Int32Array;
  /** By entry. */
  #codes: Int32Array = new Int32Array(1 << 12);
  readonly #counts: Int32Array;
  /** By slot, in the order of codes: their entries. */
  readonly #entries: number[][];
  #added: string[][];

  constructor(slots: number) {
    this.hashes = Array.from({ length: slots }, () => new Int32Array(1 << 10));
    this.emptyCodes = new Int32Array(slots).fill(-1);
    this.#counts = new Int32Array(slots);
    this.#entries = Array.from({ length: slots }, () => [0]);
    this.#added = Array.from({ length: slots }, () => []);
  }

  codeOf(entry: number): number {
    return this.#codes[entry];
  }

  /** What a text means. */
  textOf(slot: number, code: number): string {
    return textOf(this.written.bytesOf(this.#entries[slot][code])) ?? '';
  }

  /** The texts that got a code since this was last called, by slot, in the order of their codes. */
  takeAdded(): string[][] {
    const added = this.#added;
    this.#added = added.map(() => []);
    return added;
  }

  /**
   * The entry of the text of these bytes, as they stand between quotes, or without quotes where they have no backslash. Gives 0
   * where they are no JSON string of well-formed UTF-8.
   */
  find(slot: number, data: DataView, at: number, length: number): number {
    const known = this.written.find(slot, data, at, length);
    return known === 0 ? this.#add(slot, data, at, length) : known;
  }

  #add(slot: number, data: DataView, at: number, length: number): number {
    const text = textOf(Buffer.from(data.buffer, data.byteOffset + at, length));
    if (text === undefined) return 0;
    const entry = this.written.add(slot, data, at, length);
    const code = ++this.#counts[slot];
    if (entry >= this.#codes.length) this.#codes = doubled(this.#codes);
    if (2 * code >= this.hashes[slot].length) this.hashes[slot] = doubled(this.hashes[slot]);
    this.#codes[entry] = code;
    this.#entries[slot].push(entry);
    if (text === '') this.emptyCodes[slot] = code;
    this.hashes[slot][2 * code] = hashOf(text, 0x01000193);
    this.hashes[slot][2 * code + 1] = hashOf(text, 0x5bd1e995);
    this.#added[slot].push(text);
    return entry;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What is written between the quotes of a JSON string; undefined where it is none. */
export function textOf(raw: Buffer): string | undefined {
  try {
    const written = decoder.decode(raw);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
    if (!/[\\\u0000-\u001f]/.test(written)) return written;
    const text: unknown = JSON.parse(`"${written}"`);
    return typeof text === 'string' && text.isWellFormed() ? text : undefined;
  } catch {
    return undefined;
  }
}

/** FNV-1a over UTF-16 units with the given factor, and the finish of MurmurHash3. */
function hashOf(text: string, factor: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), factor);
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
