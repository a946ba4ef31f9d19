import { List } from './list.ts';

/** A thing, the first day it was added with, and how often it was added. */
const dayOf = 4;
const countOf = 8;
const thingBytes = 4;

/** The first day of each thing, and how often it was added; for so few things that all stay in a processor's nearest cache. */
export class FirstDays {
  size: i32 = 0;
  private things: List = new List();
  /** Place among the things + 1, by open addressing. */
  private table: List = new List();
  private mask: u32 = 0;

  /** Forgets all. @param most things that it may have. */
  reset(most: i32): void {
    let places: u32 = 2;
    while (places < 2 * <u32>most + 2) places <<= 1;
    this.mask = places - 1;
    this.size = 0;
    this.table.clear();
    this.table.stretch(places << 2);
    this.things.clear();
    this.things.push((<u32>most + 1) << thingBytes);
  }

  add(thing: i32, day: i32): void {
    const table = this.table.start;
    const product = <u32>thing * 0x9e3779b1;
    let place = (product ^ (product >> 15)) & this.mask;
    while (true) {
      const entry = table + ((<usize>place) << 2);
      const number = load<i32>(entry) - 1;
      const known = this.at(number < 0 ? this.size : number);
      if (number < 0) {
        store<i32>(known, thing);
        store<i32>(known, day, dayOf);
        store<i32>(known, 1, countOf);
        store<i32>(entry, ++this.size);
        return;
      }
      if (load<i32>(known) === thing) {
        if (day < load<i32>(known, dayOf)) store<i32>(known, day, dayOf);
        store<i32>(known, load<i32>(known, countOf) + 1, countOf);
        return;
      }
      place = (place + 1) & this.mask;
    }
  }

  thing(number: i32): i32 {
    return load<i32>(this.at(number));
  }

  day(number: i32): i32 {
    return load<i32>(this.at(number), dayOf);
  }

  count(number: i32): i32 {
    return load<i32>(this.at(number), countOf);
  }

  private at(number: i32): usize {
    return this.things.start + ((<usize>number) << thingBytes);
  }
}
