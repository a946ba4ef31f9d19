import { userSlot } from './definition.ts';
import { List } from './list.ts';
import { hashes, plays } from './row.ts';
import { hashesOfMeanings } from './texts.ts';

/*
 * Records in the order of their partitions, which the highest bits of a hash name: a row's own, or that of a play's user.
 */

/** Records of either list, sorted; valid until the next call. */
export const sorted = new List();
/** By partition: its first record, four bytes; behind them how many records there are. */
export const partitionStarts = new List();
const places = new List();
const nextPlaces = new List();

const hashBytes = 8;
const playBytes = 12;

/** @param shift how far to the right a hash of 32 bits goes. */
export function sortHashes(partitions: i32, shift: i32): void {
  const count = begin(hashes.bytes / hashBytes, partitions);
  for (let i: u32 = 0; i < count; i++) place(i, load<u32>(hashes.start + i * hashBytes), shift);
  addUp(partitions);
  for (let i: u32 = 0; i < count; i++) {
    store<u64>(sorted.start + next(i) * hashBytes, load<u64>(hashes.start + i * hashBytes));
  }
  sorted.bytes = hashes.bytes;
}

export function sortPlays(partitions: i32, shift: i32): void {
  const count = begin(plays.bytes / playBytes, partitions);
  const users = hashesOfMeanings(userSlot);
  for (let i: u32 = 0; i < count; i++) {
    place(i, load<u32>(users + ((<usize>load<u32>(plays.start + i * playBytes)) << 3)), shift);
  }
  addUp(partitions);
  for (let i: u32 = 0; i < count; i++) {
    const from = plays.start + i * playBytes;
    const to = sorted.start + next(i) * playBytes;
    store<u64>(to, load<u64>(from));
    store<u32>(to, load<u32>(from, 8), 8);
  }
  sorted.bytes = plays.bytes;
}

/** Makes room. */
function begin(count: u32, partitions: i32): u32 {
  sorted.clear();
  sorted.push(max(hashes.bytes, plays.bytes));
  places.clear();
  places.push(count << 1);
  for (let list = 0; list < 2; list++) {
    const starts = list === 0 ? partitionStarts : nextPlaces;
    starts.clear();
    starts.stretch((partitions + 1) << 2);
  }
  return count;
}

/** Counts a record, one place behind that of its partition. */
function place(record: u32, hash: u32, shift: i32): void {
  const partition = <u32>(<u64>hash >> shift);
  store<u16>(places.start + (record << 1), <u16>partition);
  const count = partitionStarts.start + (partition << 2);
  store<u32>(count, load<u32>(count, 4) + 1, 4);
}

function addUp(partitions: i32): void {
  let start: u32 = 0;
  for (let partition = 0; partition <= partitions; partition++) {
    const at = (<usize>partition) << 2;
    start += load<u32>(partitionStarts.start + at);
    store<u32>(partitionStarts.start + at, start);
    store<u32>(nextPlaces.start + at, start);
  }
}

/** Where a record goes. */
function next(record: u32): u32 {
  const at = nextPlaces.start + ((<usize>load<u16>(places.start + (record << 1))) << 2);
  const to = load<u32>(at);
  store<u32>(at, to + 1);
  return to;
}
