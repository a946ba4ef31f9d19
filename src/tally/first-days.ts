/** The first day of each thing, and how often it was added. Things count from 1. */
export class FirstDays {
  size = 0;
  /** Of each thing, in the order in which they were added first; beyond `size` they hold nothing. */
  things = new Int32Array(1);
  days = new Int32Array(1);
  counts = new Int32Array(1);
  /** Place among the things + 1, by open addressing. */
  #table = new Int32Array(2);
  #mask = 1;

  /** Forgets all. @param most things that it may have. */
  reset(most: number): void {
    const places = 2 ** Math.ceil(Math.log2(2 * most + 2));
    if (most > this.things.length) {
      this.things = new Int32Array(places);
      this.days = new Int32Array(places);
      this.counts = new Int32Array(places);
    }
    if (places > this.#table.length) this.#table = new Int32Array(places);
    else this.#table.fill(0, 0, places);
    this.#mask = places - 1;
    this.size = 0;
  }

  add(thing: number, day: number): void {
    const { things, days, counts } = this;
    const table = this.#table;
    const mask = this.#mask;
    let hash = Math.imul(thing, 0x9e3779b1);
    hash ^= hash >>> 15;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const at = table[place] - 1;
      if (at >= 0) {
        if (things[at] !== thing) continue;
        if (day < days[at]) days[at] = day;
        counts[at]++;
        return;
      }
      things[this.size] = thing;
      days[this.size] = day;
      counts[this.size] = 1;
      table[place] = ++this.size;
      return;
    }
  }
}
