/** Codes of creator and item, 0 for none. */
export type Track = readonly [creator: number, item: number];

/** What can be played: each combination of creator and item has a number from 1. */
export class TrackTable {
  /** At `2 * track`: two halves of a hash of creator and item; of track 0 that of neither. */
  hashes: Int32Array = new Int32Array(2 << 10);
  readonly #byKey = new Map<number, number>();
  /** By number of the pair. */
  #ofPair: Int32Array = new Int32Array(1 << 10);
  readonly #hashOf: (track: Track, half: number) => number;
  #count = 0;
  #added: Track[] = [];

  constructor(hashOf: (track: Track, half: number) => number) {
    this.#hashOf = hashOf;
  }

  /** @param pair tells creator and item, where it is not 0; @param creator, item codes, not both 0. */
  find(pair: number, creator: number, item: number): number {
    if (pair === 0) return this.#find(creator, item);
    if (pair >= this.#ofPair.length) this.#ofPair = grownTo(this.#ofPair, 2 * pair);
    const known = this.#ofPair[pair];
    if (known !== 0) return known;
    const track = this.#find(creator, item);
    this.#ofPair[pair] = track;
    return track;
  }

  /** The tracks that were met since this was last called. */
  takeAdded(): Track[] {
    const added = this.#added;
    this.#added = [];
    return added;
  }

  #find(creator: number, item: number): number {
    // Codes are fewer than 2^26.
    const key = creator * 2 ** 26 + item;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const track = ++this.#count;
    this.#byKey.set(key, track);
    this.#added.push([creator, item]);
    if (2 * track + 1 >= this.hashes.length) this.hashes = grownTo(this.hashes, 4 * track);
    this.hashes[2 * track] = this.#hashOf([creator, item], 0);
    this.hashes[2 * track + 1] = this.#hashOf([creator, item], 1);
    return track;
  }
}

function grownTo(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
