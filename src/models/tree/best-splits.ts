import type { Team } from '../../threads/team.ts';
import { FOUND } from './boosting-kernel.ts';
import { SplitSearch } from './split.ts';

/**
 * The best split of every feature in the nodes that are opened together, written by the member of the team to whom the
 * feature falls, read by all: each then takes the same one. Two sets of slots take turns, so that nobody overwrites what
 * another still reads.
 */
export class BestSplits {
  readonly #team: Team;
  readonly #features: number;
  readonly #slots: Float64Array;
  readonly #sets: Uint8Array;
  #turn = 0;

  /** @param withSets whether a feature is a category. */
  constructor(features: number, withSets: boolean, team: Team) {
    this.#team = team;
    this.#features = features;
    const slots = TURNS * NODES * features;
    this.#slots = new Float64Array(team.allocate(slots * FOUND * 8));
    this.#sets = new Uint8Array(team.allocate(withSets ? slots * BINS : 0));
  }

  /** Writes what was found for a feature in the node `place`, 0 or 1; a search without a split is worth writing too. */
  put(place: number, feature: number, search: SplitSearch): void {
    const slot = this.#slot(place, feature);
    const at = slot * FOUND;
    const slots = this.#slots;
    slots[at] = search.feature < 0 ? EMPTY : search.isLeft ? SET : BIN;
    slots[at + 1] = search.numerator;
    slots[at + 2] = search.denominator;
    slots[at + 3] = search.bin;
    slots[at + 4] = search.missingLeft ? 1 : 0;
    slots[at + 5] = search.leftG;
    slots[at + 6] = search.leftV;
    if (search.isLeft) this.#sets.set(search.isLeft, slot * BINS);
  }

  /** Writes what the kernel found for a feature in the node `place`: from `from` on in `found`. */
  copy(place: number, feature: number, found: Float64Array, from: number): void {
    const at = this.#slot(place, feature) * FOUND;
    const slots = this.#slots;
    for (let k = 0; k < FOUND; k++) slots[at + k] = found[from + k];
  }

  /** Waits until all members have put what they found. */
  meet(): void {
    this.#team.meet();
    this.#turn = 1 - this.#turn;
  }

  /** The best split of the node among features that all were put; of equals that of the first. */
  take(place: number, features: Int32Array): SplitSearch | undefined {
    const slots = this.#slots;
    let best = -1;
    let numerator = 0;
    let denominator = 1;
    for (const feature of features) {
      const at = this.#slot(place, feature, 1 - this.#turn) * FOUND;
      if (slots[at] === EMPTY) continue;
      if (best >= 0 && slots[at + 1] * denominator <= numerator * slots[at + 2]) continue;
      best = feature;
      numerator = slots[at + 1];
      denominator = slots[at + 2];
    }
    return best < 0 ? undefined : this.#get(place, best);
  }

  #get(place: number, feature: number): SplitSearch {
    const slot = this.#slot(place, feature, 1 - this.#turn);
    const at = slot * FOUND;
    const slots = this.#slots;
    const found = new SplitSearch(slots[at + 1], slots[at + 2]);
    found.feature = feature;
    found.bin = slots[at + 3];
    found.missingLeft = slots[at + 4] === 1;
    found.leftG = slots[at + 5];
    found.leftV = slots[at + 6];
    if (slots[at] === SET) found.isLeft = this.#sets.slice(slot * BINS, (slot + 1) * BINS);
    return found;
  }

  #slot(place: number, feature: number, turn = this.#turn): number {
    return (turn * NODES + place) * this.#features + feature;
  }
}

const TURNS = 2;
const NODES = 2;
const BINS = 256;
const EMPTY = 0;
const BIN = 1;
const SET = 2;
