import { release, reserve, zeros } from './blocks.ts';
import { areEqual, equalBytes, firstBytes, hashOf, hashOfLast } from './bytes.ts';
import { addText } from './host.ts';
import { List } from './list.ts';
import { maxSlots } from './row-values.ts';

/** An entry: first 16 bytes (zeros behind a shorter text), length, code, hash, all bytes of a longer one. */
const entryBytes = 5;
const textLength = 16;
const textCode = 20;
const textHash = 24;
const textBytes = 28;

/** The texts of a slot. */
class Texts {
  slot: i32;
  /** 8 bytes a code: a hash of what the text means, which is the same in every thread. */
  hashes: List = new List();
  private table: usize;
  private mask: u32;
  private count: u32 = 0;

  constructor(slot: i32) {
    this.slot = slot;
    this.mask = (1 << 5) - 1;
    this.table = zeros(1 << (5 + entryBytes));
  }

  /** The code that a text of this hash most likely has. */
  likely(hash: u32): i32 {
    return load<i32>(this.table + ((<usize>(hash & this.mask)) << entryBytes), textCode);
  }

  codeOf(at: usize, length: i32, hash: u32): i32 {
    const first = length >= 16 ? v128.load(at) : firstBytes(at, length);
    let place = hash & this.mask;
    while (true) {
      const entry = this.table + ((<usize>place) << entryBytes);
      const code = load<i32>(entry, textCode);
      if (code === 0) return this.add(at, length, hash);
      if (
        load<i32>(entry, textLength) === length &&
        areEqual(v128.load(entry), first) &&
        (length <= 16 || equalBytes(load<usize>(entry, textBytes) + 16, at + 16, length - 16))
      ) {
        return code;
      }
      place = (place + 1) & this.mask;
    }
  }

  private add(at: usize, length: i32, hash: u32): i32 {
    const code = addText(this.slot, at, length);
    if (code === 0) return 0;
    this.count++;
    if (this.count << 1 > this.mask) this.rehash();
    const entry = this.freeEntry(hash);
    v128.store(entry, length >= 16 ? v128.load(at) : firstBytes(at, length));
    store<i32>(entry, length, textLength);
    store<i32>(entry, code, textCode);
    store<u32>(entry, hash, textHash);
    if (length > 16) {
      const bytes = reserve(length);
      memory.copy(bytes, at, length);
      store<usize>(entry, bytes, textBytes);
    }
    return code;
  }

  private freeEntry(hash: u32): usize {
    let place = hash & this.mask;
    while (load<i32>(this.table + ((<usize>place) << entryBytes), textCode) !== 0)
      place = (place + 1) & this.mask;
    return this.table + ((<usize>place) << entryBytes);
  }

  private rehash(): void {
    const old = this.table;
    const end = old + ((this.mask + 1) << entryBytes);
    this.mask = 2 * this.mask + 1;
    this.table = zeros((this.mask + 1) << entryBytes);
    for (let entry = old; entry < end; entry += 1 << entryBytes) {
      if (load<i32>(entry, textCode) === 0) continue;
      memory.copy(this.freeEntry(load<u32>(entry, textHash)), entry, 1 << entryBytes);
    }
    release(old);
  }
}

const slots = new StaticArray<Texts>(maxSlots);
for (let slot = 0; slot < maxSlots; slot++) slots[slot] = new Texts(slot);

/** Code of the text as it stands between quotes, or without quotes where it has no backslash; 0 where it is no JSON string. */
export function codeOf(slot: i32, at: usize, length: i32): i32 {
  return slots[slot].codeOf(at, length, hashOfText(at, length));
}

/** As `codeOf`, with the hash of `hashOfText`. */
export function codeWithHash(slot: i32, at: usize, length: i32, hash: u32): i32 {
  return slots[slot].codeOf(at, length, hash);
}

/** The code that a text of this hash most likely has. */
export function likelyCode(slot: i32, hash: u32): i32 {
  return slots[slot].likely(hash);
}

/** A hash of a text as it is written. */
export function hashOfText(at: usize, length: i32): u32 {
  return length > 16 ? hashOf(at, length, 0) : hashOfLast(firstBytes(at, length), length);
}

/** 0 for no text. */
export function hashOfMeaning(slot: i32, code: i32): u64 {
  return code === 0 ? 0 : load<u64>(slots[slot].hashes.start + ((<usize>code) << 3));
}

/** A slot's hashes of meanings, 8 bytes a code. */
export function hashesOfMeanings(slot: i32): usize {
  return slots[slot].hashes.start;
}

/** What the host says of a text: its code, and two halves of a hash of what it means. */
export function keepText(slot: i32, code: i32, low: i32, high: i32): void {
  const hashes = slots[slot].hashes;
  hashes.stretch((code + 1) << 3);
  const at = hashes.start + ((<usize>code) << 3);
  store<i32>(at, low);
  store<i32>(at, high, 4);
}
