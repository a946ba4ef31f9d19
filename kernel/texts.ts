import { reserve } from './arena.ts';
import { areEqual, equalBytes, firstBytes, hashOf, hashOfLast } from './bytes.ts';
import { addText } from './host.ts';
import { List } from './list.ts';
import { maxSlots } from './row-values.ts';
import { zeros } from './tuples.ts';

/** An entry: first 16 bytes (zeros behind a shorter text), length and slot, code, hash, all bytes of a longer one. */
const entryBytes = 5;

let table: usize = zeros(1 << (12 + entryBytes));
let mask: u32 = (1 << 12) - 1;
let count: u32 = 0;

/** By slot, 8 bytes a code: a hash of what the text means, which is the same in every thread. */
const hashes = new StaticArray<List>(maxSlots);
for (let slot = 0; slot < maxSlots; slot++) hashes[slot] = new List();

/** Code of the text as it stands between quotes, or without quotes where it has no backslash; 0 where it is no JSON string. */
export function codeOf(slot: i32, at: usize, length: i32): i32 {
  const tag = (length << 6) | slot;
  const first = length >= 16 ? v128.load(at) : firstBytes(at, length);
  const hash = length > 16 ? hashOf(at, length, slot) : hashOfLast(first, tag);
  let place = hash & mask;
  while (true) {
    const entry = table + ((<usize>place) << entryBytes);
    const code = load<i32>(entry, 20);
    if (code === 0) return add(slot, at, length, tag, hash);
    if (
      load<i32>(entry, 16) === tag &&
      areEqual(v128.load(entry), first) &&
      (length <= 16 || equalBytes(load<usize>(entry, 28) + 16, at + 16, length - 16))
    ) {
      return code;
    }
    place = (place + 1) & mask;
  }
}

/** By slot and code; 0 for no text. */
export function hashOfText(slot: i32, code: i32): u64 {
  return code === 0 ? 0 : load<u64>(hashes[slot].start + ((<usize>code) << 3));
}

/** The address of the list of a slot's hashes. */
export function textHashes(slot: i32): usize {
  return changetype<usize>(hashes[slot]);
}

/** What the host says of a text: its code, and two halves of a hash of what it means. */
export function keepText(slot: i32, code: i32, low: i32, high: i32): void {
  const list = hashes[slot];
  list.stretch((code + 1) << 3);
  const at = list.start + ((<usize>code) << 3);
  store<i32>(at, low);
  store<i32>(at, high, 4);
}

function add(slot: i32, at: usize, length: i32, tag: i32, hash: u32): i32 {
  const code = addText(slot, at, length);
  if (code === 0) return 0;
  count++;
  if (count << 1 > mask) rehash();
  const entry = freeEntry(hash);
  v128.store(entry, length >= 16 ? v128.load(at) : firstBytes(at, length));
  store<i32>(entry, tag, 16);
  store<i32>(entry, code, 20);
  store<u32>(entry, hash, 24);
  if (length > 16) {
    const bytes = reserve(length);
    memory.copy(bytes, at, length);
    store<usize>(entry, bytes, 28);
  }
  return code;
}

function freeEntry(hash: u32): usize {
  let place = hash & mask;
  while (load<i32>(table + ((<usize>place) << entryBytes), 20) !== 0) place = (place + 1) & mask;
  return table + ((<usize>place) << entryBytes);
}

function rehash(): void {
  const old = table;
  const end = old + ((mask + 1) << entryBytes);
  mask = 2 * mask + 1;
  table = zeros((mask + 1) << entryBytes);
  for (let entry = old; entry < end; entry += 1 << entryBytes) {
    if (load<i32>(entry, 20) !== 0) memory.copy(freeEntry(load<u32>(entry, 24)), entry, 1 << entryBytes);
  }
  heap.free(old);
}
