import { release, zeros } from './blocks.ts';
import { equalBytes, hashOf } from './bytes.ts';
import { List } from './list.ts';

/** Tuples of 32-bit numbers, each with a number from 0 in the order in which they were added. */
export class Tuples {
  keys: List = new List();
  count: i32 = 0;
  private bytes: i32;
  /** Hash and number + 1, by open addressing. */
  private table: usize;
  private mask: u32;

  /** @param width numbers of a tuple. */
  constructor(width: i32) {
    this.bytes = width << 2;
    this.mask = (1 << 10) - 1;
    this.table = zeros((this.mask + 1) << 3);
  }

  /** The number of the tuple at `key`, which is added where it is new. */
  find(key: usize): i32 {
    const hash = hashOf(key, this.bytes, 0);
    let place = hash & this.mask;
    while (true) {
      const entry = this.table + ((<usize>place) << 3);
      const number = load<i32>(entry, 4) - 1;
      if (number < 0) break;
      if (load<u32>(entry) === hash && equalBytes(key, this.at(number), this.bytes)) return number;
      place = (place + 1) & this.mask;
    }
    memory.copy(this.keys.push(this.bytes), key, this.bytes);
    const number = this.count++;
    this.place(place, hash, number);
    if ((<u32>this.count) << 1 > this.mask) this.rehash();
    return number;
  }

  at(number: i32): usize {
    return this.keys.start + <usize>number * this.bytes;
  }

  clear(): void {
    this.keys.clear();
    this.count = 0;
    memory.fill(this.table, 0, (this.mask + 1) << 3);
  }

  private place(place: u32, hash: u32, number: i32): void {
    const entry = this.table + ((<usize>place) << 3);
    store<u32>(entry, hash);
    store<i32>(entry, number + 1, 4);
  }

  private rehash(): void {
    const old = this.table;
    const end = old + ((this.mask + 1) << 3);
    this.mask = 2 * this.mask + 1;
    this.table = zeros((this.mask + 1) << 3);
    for (let entry = old; entry < end; entry += 8) {
      const number = load<i32>(entry, 4) - 1;
      if (number < 0) continue;
      let place = load<u32>(entry) & this.mask;
      while (load<i32>(this.table + ((<usize>place) << 3), 4) !== 0) place = (place + 1) & this.mask;
      this.place(place, load<u32>(entry), number);
    }
    release(old);
  }
}
