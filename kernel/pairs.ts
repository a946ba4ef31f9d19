import { Spans } from './spans.ts';
import { hashOfTrack, trackOf } from './tracks.ts';

/** Creator and item that stand one behind the other: behind the length and the tag codes of both, track, then a hash of the track. */
const creatorOf = 8;
const itemOf = 12;
const trackAt = 16;
const hashAt = 24;
export const pairs = new Spans(32);

/** Keeps a pair; gives its record, 0 where it is not kept. */
export function addPair(slot: i32, at: usize, length: i32, creator: i32, item: i32): usize {
  const record = pairs.add(slot, at, length);
  if (record === 0) return 0;
  const track = trackOf(creator, item);
  store<i32>(record, creator, creatorOf);
  store<i32>(record, item, itemOf);
  store<i32>(record, track, trackAt);
  store<u64>(record, hashOfTrack(track), hashAt);
  return record;
}

export function creatorOfPair(record: usize): i32 {
  return load<i32>(record, creatorOf);
}

export function itemOfPair(record: usize): i32 {
  return load<i32>(record, itemOf);
}

export function trackOfPair(record: usize): i32 {
  return load<i32>(record, trackAt);
}

export function hashOfPair(record: usize): u64 {
  return load<u64>(record, hashAt);
}
