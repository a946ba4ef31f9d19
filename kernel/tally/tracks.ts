import { mix } from './bytes.ts';
import { creatorSlot, itemSlot } from './definition.ts';
import { List } from './list.ts';
import { hashOfMeaning } from './texts.ts';
import { Tuples } from './tuples.ts';

/** What can be played: each combination of the codes of creator and item, 0 for none, but for that of neither. */
export const tracks = new Tuples(2);
const hashes = new List();
const key = memory.data(8, 4);

/** Number of a track, from 1; 0 for neither. */
export function trackOf(creator: i32, item: i32): i32 {
  if (creator === 0 && item === 0) return 0;
  store<i32>(key, creator);
  store<i32>(key, item, 4);
  const track = tracks.find(key);
  if (hashes.bytes === (<u32>track) << 3) {
    store<u64>(hashes.push(8), mix(hashOfMeaning(creatorSlot, creator), hashOfMeaning(itemSlot, item) + 1));
  }
  return track + 1;
}

export function hashOfTrack(track: i32): u64 {
  return track === 0 ? 0 : load<u64>(hashes.start + ((<usize>(track - 1)) << 3));
}
