import type { Texts } from './texts.ts';

/** Codes of creator and item, 0 for none. */
export type Track = readonly [creator: number, item: number];

/** What can be played: each combination of creator and item has a number from 1. */
export class TrackTable {
  readonly #byKey = new Map<number, number>();
  /** The track last found for each entry of an item, and the entry of its creator. */
  #last = new Int32Array(2 << 10);
  #count = 0;
  #added: Track[] = [];

  /** @param creator, item entries of texts; not both 0. */
  find(creator: number, item: number, texts: Texts): number {
    if (2 * item >= this.#last.length) {
      const larger = new Int32Array(4 * item);
      larger.set(this.#last);
      this.#last = larger;
    }
    const last = this.#last;
    if (last[2 * item] !== 0 && last[2 * item + 1] === creator) return last[2 * item];
    // Entries are fewer than 2^26.
    const key = creator * 2 ** 26 + item;
    let track = this.#byKey.get(key);
    if (track === undefined) {
      track = ++this.#count;
      this.#byKey.set(key, track);
      this.#added.push([texts.code(creator), texts.code(item)]);
    }
    last[2 * item] = track;
    last[2 * item + 1] = creator;
    return track;
  }

  /** The tracks that were met since this was last called. */
  takeAdded(): Track[] {
    const added = this.#added;
    this.#added = [];
    return added;
  }
}
