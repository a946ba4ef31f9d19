import { Spans } from './spans.ts';
import { hashOfTrack, trackOf } from './tracks.ts';

/** Creator and item that stand one behind the other: codes of both, track, then a hash of the track. */
export const pairs = new Spans(32);

/** Keeps a pair; gives its record, 0 where it is not kept. */
export function addPair(slot: i32, at: usize, length: i32, creator: i32, item: i32): usize {
  const record = pairs.add(slot, at, length);
  if (record === 0) return 0;
  const track = trackOf(creator, item);
  store<i32>(record, creator);
  store<i32>(record, item, 4);
  store<i32>(record, track, 8);
  store<u64>(record, hashOfTrack(track), 16);
  return record;
}

export function creatorOfPair(record: usize): i32 {
  return load<i32>(record);
}

export function itemOfPair(record: usize): i32 {
  return load<i32>(record, 4);
}

export function trackOfPair(record: usize): i32 {
  return load<i32>(record, 8);
}

export function hashOfPair(record: usize): u64 {
  return load<u64>(record, 16);
}
