import { equalBytes } from './equal-bytes.ts';

/** A text of one slot, as it is written between its quotes, has one entry; entry 0 is none. */
const stride = 4;
const offsetAt = 0;
const lengthAt = 1;
const codeAt = 2;
const slotAt = 3;

/**
 * The texts of all slots, each with a code that counts those of its slot from 1. Memory grows with the number of different
 * texts. Texts that are written otherwise and mean the same have two codes.
 */
export class Texts {
  /** Of entry `e` at `stride * e`: where its bytes are, how many they are, its code and its slot. */
  meta: Int32Array = new Int32Array(stride << 12);
  bytes: Buffer = Buffer.alloc(1 << 16);
  view: DataView = new DataView(this.bytes.buffer, this.bytes.byteOffset);
  /** Two halves of a hash of what each entry means, which is the same in every thread. */
  hashLow: Int32Array = new Int32Array(1 << 12);
  hashHigh: Int32Array = new Int32Array(1 << 12);
  /** Where the text ends that `find` found, behind its closing quote. */
  end = 0;
  readonly #codes: Int32Array;
  #added: string[][];
  /** Pairs of hash and entry, looked up by open addressing. */
  #table: Int32Array = new Int32Array(2 << 13);
  #entries = 1;
  #used = 0;

  constructor(slots: number) {
    this.#codes = new Int32Array(slots);
    this.#added = Array.from({ length: slots }, () => []);
  }

  code(entry: number): number {
    return this.meta[entry * stride + codeAt];
  }

  /** The number of codes of a slot, that of no text included. */
  count(slot: number): number {
    return this.#codes[slot] + 1;
  }

  /** The texts that got a code since this was last called, by slot, in the order of their codes. */
  takeAdded(): string[][] {
    const added = this.#added;
    this.#added = added.map(() => []);
    return added;
  }

  /** Whether a text stands at `at` that is written as the entry is. */
  isAt(entry: number, data: DataView, at: number): boolean {
    const e = entry * stride;
    return equalBytes(data, at, this.view, this.meta[e + offsetAt], this.meta[e + lengthAt]);
  }

  /** What the text means. */
  textOf(entry: number): string {
    const start = this.meta[entry * stride + offsetAt];
    return textOf(this.bytes.subarray(start, start + this.meta[entry * stride + lengthAt])) ?? '';
  }

  lengthOf(entry: number): number {
    return this.meta[entry * stride + lengthAt];
  }

  /**
   * The entry of the text whose first byte, behind the quote, is at `at`; a quote must stand somewhere behind it. Gives 0
   * where it is no JSON string of well-formed UTF-8.
   */
  find(slot: number, data: DataView, at: number): number {
    let hash = Math.imul(slot + 1, 0x9e3779b1);
    let end = at;
    for (;;) {
      const word = data.getInt32(end, true);
      const quotes = word ^ 0x22222222;
      const escapes = word ^ 0x5c5c5c5c;
      // The lowest bit that is set marks the first quote or backslash of the four bytes.
      const marks = (((quotes - 0x01010101) & ~quotes) | ((escapes - 0x01010101) & ~escapes)) & 0x80808080;
      if (marks === 0) {
        hash = Math.imul(hash ^ word, 0x85ebca6b);
        hash ^= hash >>> 15;
        end += 4;
        continue;
      }
      const before = (31 - Math.clz32(marks & -marks)) & 24;
      if (before > 0) {
        hash = Math.imul(hash ^ (word & ((1 << before) - 1)), 0x85ebca6b);
        hash ^= hash >>> 15;
        end += before >> 3;
      }
      if (data.getUint8(end) === 34) break;
      hash = Math.imul(hash ^ data.getInt16(end, true), 0x85ebca6b);
      hash ^= hash >>> 15;
      end += 2;
    }
    this.end = end + 1;
    return this.#lookUp(slot, data, at, end - at, hash ^ (hash >>> 16));
  }

  /** As `find`, of a text that stands without quotes and has no backslash. */
  findPlain(slot: number, data: DataView, at: number, length: number): number {
    let hash = Math.imul(slot + 1, 0x9e3779b1);
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      hash = Math.imul(hash ^ data.getInt32(at + i, true), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    if (i < length) {
      const word = data.getInt32(at + i, true) & ((1 << ((length - i) << 3)) - 1);
      hash = Math.imul(hash ^ word, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return this.#lookUp(slot, data, at, length, hash ^ (hash >>> 16));
  }

  #lookUp(slot: number, data: DataView, at: number, length: number, hash: number): number {
    const table = this.#table;
    const mask = table.length / 2 - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = table[2 * place + 1];
      if (entry === 0) return this.#add(slot, data, at, length, hash, place);
      const e = entry * stride;
      if (
        table[2 * place] === hash &&
        this.meta[e + lengthAt] === length &&
        this.meta[e + slotAt] === slot &&
        equalBytes(data, at, this.view, this.meta[e + offsetAt], length)
      ) {
        return entry;
      }
    }
  }

  #add(slot: number, data: DataView, at: number, length: number, hash: number, place: number): number {
    const raw = Buffer.from(data.buffer, data.byteOffset + at, length);
    const text = textOf(raw);
    if (text === undefined) return 0;
    const entry = this.#entries++;
    this.#makeRoom(entry, length);
    raw.copy(this.bytes, this.#used);
    this.meta[entry * stride + offsetAt] = this.#used;
    this.meta[entry * stride + lengthAt] = length;
    this.meta[entry * stride + codeAt] = ++this.#codes[slot];
    this.meta[entry * stride + slotAt] = slot;
    this.hashLow[entry] = hashOf(text, 0x01000193);
    this.hashHigh[entry] = hashOf(text, 0x5bd1e995);
    this.#used += length;
    this.#added[slot].push(text);
    this.#table[2 * place] = hash;
    this.#table[2 * place + 1] = entry;
    if (2 * this.#entries > this.#table.length / 2) this.#rehash();
    return entry;
  }

  #makeRoom(entry: number, length: number): void {
    // Texts are compared four bytes at a time: some room is left behind the last one.
    if (this.#used + length + 8 > this.bytes.length) {
      const bytes = Buffer.alloc(2 * (this.bytes.length + length));
      this.bytes.copy(bytes);
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    if (entry < this.hashLow.length) return;
    this.meta = grown(this.meta);
    this.hashLow = grown(this.hashLow);
    this.hashHigh = grown(this.hashHigh);
  }

  #rehash(): void {
    const old = this.#table;
    const table = new Int32Array(2 * old.length);
    const mask = table.length / 2 - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue;
      let place = old[i] & mask;
      while (table[2 * place + 1] !== 0) place = (place + 1) & mask;
      table[2 * place] = old[i];
      table[2 * place + 1] = old[i + 1];
    }
    this.#table = table;
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

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
