import { release, reserve, zeros } from './blocks.ts';
import { equalBytes, hashOf } from './bytes.ts';

/** The longest span that is kept, in bytes. */
export const longestSpan = 1 << 16;

const most: usize = 256 << 20;

/** At the beginning of every record: length and tag of its span. The rest of its header is for whoever keeps it. */
const lengthOf = 0;
const tagOf = 4;
/** Next, where the span is what a line said between two nodes: the second one. */
const nodeOf = 8;

export function lengthOfSpan(span: usize): i32 {
  return load<i32>(span, lengthOf);
}

export function nodeBehind(span: usize): i32 {
  return load<i32>(span, nodeOf);
}

export function setNodeBehind(span: usize, node: i32): void {
  store<i32>(span, node, nodeOf);
}

/**
 * Pieces of lines, told apart by their bytes and a tag, with a record for each. A span that is found costs two cache misses: one
 * in the table, one in the record, behind which the bytes stand.
 */
export class Spans {
  private header: i32;
  private count: u32 = 0;
  private bytes: usize = 0;
  /** Hash and record, by open addressing. */
  private table: usize;
  private mask: u32;

  /** @param header bytes of a record, a multiple of 16; the first 8 are taken. */
  constructor(header: i32) {
    this.header = header;
    this.mask = (1 << 10) - 1;
    this.table = zeros((this.mask + 1) << 3);
  }

  /** The record that a span of this hash most likely has; 0 for none. */
  likely(hash: u32): usize {
    return load<usize>(this.table + ((<usize>(hash & this.mask)) << 3), 4);
  }

  /** The record of the span; 0 where it is not kept. @param hash that of `hashOf`, with the tag as its seed. */
  find(tag: u32, at: usize, length: i32, hash: u32): usize {
    let place = hash & this.mask;
    while (true) {
      const entry = this.table + ((<usize>place) << 3);
      const record = load<usize>(entry, 4);
      if (record === 0) return 0;
      if (
        load<u32>(entry) === hash &&
        load<i32>(record, lengthOf) === length &&
        load<u32>(record, tagOf) === tag &&
        equalBytes(record + this.header, at, length)
      ) {
        return record;
      }
      place = (place + 1) & this.mask;
    }
  }

  /** Keeps a span that `find` did not find; gives its record. Gives 0 for one that is too long, or where spans take too much memory. */
  add(tag: u32, at: usize, length: i32): usize {
    const size = this.header + length;
    if (length > longestSpan || this.bytes + size > most) return 0;
    this.bytes += size;
    const record = reserve(size);
    memory.fill(record, 0, this.header);
    store<i32>(record, length, lengthOf);
    store<u32>(record, tag, tagOf);
    memory.copy(record + this.header, at, length);
    this.place(hashOf(at, length, tag), record);
    this.count++;
    if (this.count << 1 > this.mask) this.rehash();
    return record;
  }

  private place(hash: u32, record: usize): void {
    let place = hash & this.mask;
    while (load<usize>(this.table + ((<usize>place) << 3), 4) !== 0) place = (place + 1) & this.mask;
    const entry = this.table + ((<usize>place) << 3);
    store<u32>(entry, hash);
    store<usize>(entry, record, 4);
  }

  private rehash(): void {
    const old = this.table;
    const end = old + ((this.mask + 1) << 3);
    this.mask = 2 * this.mask + 1;
    this.table = zeros((this.mask + 1) << 3);
    for (let entry = old; entry < end; entry += 8) {
      const record = load<usize>(entry, 4);
      if (record !== 0) this.place(load<u32>(entry), record);
    }
    release(old);
  }
}
