import { equalBytes } from './equal-bytes.ts';
import { Refusal } from './refusal.ts';

/** Numbers of a place in the table: hash, length and tag, offset of the bytes, span. */
const stride = 4;

/** Tags are below this. */
export const maxTags = 64;

/** The longest span, in bytes: data that is compared with spans must go on for so many bytes wherever one may begin. */
export const longestSpan = 1 << 16;

/** Offsets must fit into 31 bits. */
const maxBytes = 2 ** 30;

/**
 * Pieces of lines, told apart by their bytes and a tag (0…63), numbered from 1. Memory grows with their number alone.
 * One that is found costs two cache misses: one in the table, one in the bytes.
 */
export class Spans {
  count = 0;
  /** Of all spans. */
  bytes = 0;
  #bytes: Buffer = Buffer.alloc(1 << 16);
  #view: DataView = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
  /** Offset and length of each span. */
  #places: Int32Array = new Int32Array(2 << 10);
  #table: Int32Array = new Int32Array(stride << 12);

  /** Whether the span stands at `at`. */
  isAt(span: number, data: DataView, at: number): boolean {
    return equalBytes(data, at, this.#view, this.#places[2 * span], this.#places[2 * span + 1]);
  }

  /** The bytes; valid until a span is added. */
  bytesOf(span: number): Buffer {
    const start = this.#places[2 * span];
    return this.#bytes.subarray(start, start + this.#places[2 * span + 1]);
  }

  lengthOf(span: number): number {
    return this.#places[2 * span + 1];
  }

  /** The span of these bytes; 0 where it is not kept. */
  find(tag: number, data: DataView, at: number, length: number): number {
    const table = this.#table;
    const hash = hashOf(data, at, length) ^ tag;
    const mask = table.length - stride;
    for (let i = (hash << 2) & mask; table[i + 3] !== 0; i = (i + stride) & mask) {
      if (
        table[i] === hash &&
        table[i + 1] === length * maxTags + tag &&
        equalBytes(data, at, this.#view, table[i + 2], length)
      ) {
        return table[i + 3];
      }
    }
    return 0;
  }

  /** Keeps a span that `find` did not find. @throws Refusal for one that is too long, and beyond a gigabyte of them. */
  add(tag: number, data: DataView, at: number, length: number): number {
    if (length > longestSpan) throw new Refusal(`the log has a text of more than ${longestSpan} bytes`);
    if (this.bytes + length > maxBytes)
      throw new Refusal('the log has more than a gigabyte of different texts');
    const span = ++this.count;
    this.#makeRoom(length);
    Buffer.from(data.buffer, data.byteOffset + at, length).copy(this.#bytes, this.bytes);
    this.#places[2 * span] = this.bytes;
    this.#places[2 * span + 1] = length;
    place(this.#table, hashOf(data, at, length) ^ tag, length * maxTags + tag, this.bytes, span);
    this.bytes += length;
    if (2 * stride * span > this.#table.length) this.#rehash();
    return span;
  }

  #makeRoom(length: number): void {
    if (this.bytes + length > this.#bytes.length) {
      const bytes = Buffer.alloc(2 * (this.#bytes.length + length));
      this.#bytes.copy(bytes);
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    if (2 * this.count + 2 <= this.#places.length) return;
    const places = new Int32Array(2 * this.#places.length);
    places.set(this.#places);
    this.#places = places;
  }

  #rehash(): void {
    const old = this.#table;
    const table = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += stride) {
      if (old[i + 3] !== 0) place(table, old[i], old[i + 1], old[i + 2], old[i + 3]);
    }
    this.#table = table;
  }
}

function place(table: Int32Array, hash: number, lengthAndTag: number, offset: number, span: number): void {
  const mask = table.length - stride;
  let i = (hash << 2) & mask;
  while (table[i + 3] !== 0) i = (i + stride) & mask;
  table[i] = hash;
  table[i + 1] = lengthAndTag;
  table[i + 2] = offset;
  table[i + 3] = span;
}

/** Reads up to three bytes behind the span, which it does not use. */
function hashOf(data: DataView, at: number, length: number): number {
  let hash = length;
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
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
