import { FirstDays } from './first-days.ts';
import { List } from './list.ts';
import { openUsers, orderByUser, ordered, recordBytes, records, starts, users } from './user-plays.ts';

/*
 * What users played for the first time, creators and items, and how often each track was played: for the plays of one partition of the
 * users after the other.
 */

/** By track, beside each other since they are needed at once: codes of its creator and its item, 0 for none, plays, users; four bytes each. */
export const playedTracks = new List();
const itemOf = 4;
const playsOf = 8;
const usersOf = 12;

/** By creator: how many users played it, four bytes. */
export const creatorUsers = new List();

/** User, day and how many creators, or items, were met then for the first time; four bytes each. */
export const firstCreators = new List();
export const firstItems = new List();

const tracks = new FirstDays();
const met = new FirstDays();
const days = new FirstDays();
/** Creator and item of each of the user's tracks. */
const played = new List();

/** Makes room for the plays of a log; the host fills creators and items of `playedTracks`. The last codes count. */
export function openPlays(lastUser: i32, lastTrack: i32, lastCreator: i32): void {
  openUsers(lastUser);
  playedTracks.clear();
  playedTracks.stretch((lastTrack + 1) << 4);
  creatorUsers.clear();
  creatorUsers.stretch((lastCreator + 1) << 2);
}

/** Makes room in `records` for the plays of a partition. */
export function beginPlays(count: i32): void {
  records.clear();
  records.push(count * recordBytes);
}

/** Counts the plays that stand in `records`. */
export function countPlays(): void {
  orderByUser();
  firstCreators.clear();
  firstItems.clear();
  const count = users.bytes >> 2;
  for (let i: u32 = 0; i < count; i++) {
    const at = starts.start + (i << 2);
    countUser(load<i32>(users.start + (i << 2)), load<u32>(at), load<u32>(at, 4));
  }
}

function countUser(user: i32, from: u32, to: u32): void {
  tracks.reset(to - from);
  const end = ordered.start + (to << 3);
  for (let play = ordered.start + (from << 3); play < end; play += 8) {
    tracks.add(load<i32>(play), load<i32>(play, 4));
  }
  countTracks();
  meet(0);
  for (let i = 0; i < met.size; i++) {
    const at = creatorUsers.start + ((<usize>met.thing(i)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  takeFirsts(firstCreators, user);
  meet(itemOf);
  takeFirsts(firstItems, user);
}

/** By itself: what is known of tracks lies far apart in memory, and nothing here waits for it. */
function countTracks(): void {
  const size = tracks.size;
  played.clear();
  const pairs = played.push(size << 3);
  for (let i = 0; i < size; i++) {
    const track = playedTracks.start + ((<usize>tracks.thing(i)) << 4);
    store<u64>(pairs + ((<usize>i) << 3), load<u64>(track));
    store<i32>(track, load<i32>(track, playsOf) + tracks.count(i), playsOf);
    store<i32>(track, load<i32>(track, usersOf) + 1, usersOf);
  }
}

/** Has `met` hold what the user's tracks have. @param offset of creator or item in the pairs of `played`. */
function meet(offset: usize): void {
  met.reset(tracks.size);
  for (let i = 0; i < tracks.size; i++) {
    const thing = load<i32>(played.start + ((<usize>i) << 3) + offset);
    if (thing > 0) met.add(thing, tracks.day(i));
  }
}

function takeFirsts(firsts: List, user: i32): void {
  days.reset(met.size);
  for (let i = 0; i < met.size; i++) days.add(met.day(i), 0);
  for (let i = 0; i < days.size; i++) {
    const row = firsts.push(recordBytes);
    store<i32>(row, user);
    store<i32>(row, days.thing(i), 4);
    store<i32>(row, days.count(i), 8);
  }
}
