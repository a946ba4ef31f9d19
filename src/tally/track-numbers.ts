/** Numbers tracks, pairs of codes of creator and item, from 1 as they come. In typed arrays, since a log has up to millions of them. */
export class TrackNumbers {
  size = 0;
  /** Creator and item of each track, one behind the other. */
  #codes = new Int32Array(1 << 10);
  /** Numbers of tracks by open addressing; 0 for none. */
  #table = new Int32Array(1 << 10);

  of(creator: number, item: number): number {
    const codes = this.#codes;
    const table = this.#table;
    const mask = table.length - 1;
    let place = hashOf(creator, item) & mask;
    for (; table[place] > 0; place = (place + 1) & mask) {
      const at = 2 * table[place] - 2;
      if (codes[at] === creator && codes[at + 1] === item) return table[place];
    }
    table[place] = ++this.size;
    codes[2 * this.size - 2] = creator;
    codes[2 * this.size - 1] = item;
    // Half of the places are free, and one more track has room.
    if (2 * this.size === codes.length) this.#grow();
    return this.size;
  }

  creatorOf(track: number): number {
    return this.#codes[2 * track - 2];
  }

  itemOf(track: number): number {
    return this.#codes[2 * track - 1];
  }

  #grow(): void {
    const codes = new Int32Array(2 * this.#codes.length);
    codes.set(this.#codes);
    const table = new Int32Array(codes.length);
    const mask = table.length - 1;
    for (let track = 1; track <= this.size; track++) {
      let place = hashOf(codes[2 * track - 2], codes[2 * track - 1]) & mask;
      while (table[place] > 0) place = (place + 1) & mask;
      table[place] = track;
    }
    this.#codes = codes;
    this.#table = table;
  }
}

function hashOf(creator: number, item: number): number {
  const hash = Math.imul(Math.imul(creator, 0x9e3779b1) ^ item, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
