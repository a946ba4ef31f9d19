import { List } from './list.ts';

/*
 * Plays in the order of their users: what is looked up while one user's are counted is of that user alone then.
 */

/** User, track and day of each play of a partition, by the codes of the whole log, four bytes each; the host fills it. */
export const records = new List();
export const recordBytes = 12;

/** The users, in the order in which they are met; behind the last, and before the first, where their plays begin in `ordered`. */
export const users = new List();
export const starts = new List();
/** Track and day of each play. */
export const ordered = new List();

/** By user: place among `users` + 1, and number of plays; zeros between two partitions. */
const places = new List();

/** Makes room for a log of so many users. */
export function openUsers(count: i32): void {
  places.clear();
  places.stretch((count + 1) << 3);
}

/** Puts `records` in order, which is another thing afterwards. */
export function orderByUser(): void {
  const end = records.start + records.bytes;
  users.clear();
  for (let record = records.start; record < end; record += recordBytes) {
    const user = load<i32>(record);
    const place = placeOf(user);
    if (load<i32>(place) === 0) {
      store<i32>(users.push(4), user);
      store<i32>(place, users.bytes >> 2);
    }
    store<i32>(place, load<i32>(place, 4) + 1, 4);
    store<i32>(record, load<i32>(place) - 1);
  }
  addUp();
  ordered.clear();
  ordered.push((records.bytes / recordBytes) << 3);
  for (let record = records.start; record < end; record += recordBytes) {
    // One place further than it is: what is there becomes the beginning of the next user's.
    const next = starts.start + ((<usize>load<i32>(record) + 1) << 2);
    const to = load<u32>(next);
    store<u32>(next, to + 1);
    store<u64>(ordered.start + (to << 3), load<u64>(record, 4));
  }
}

/** Has every user's number of plays in `places` become, one place further, where they begin. */
function addUp(): void {
  const count = users.bytes >> 2;
  starts.clear();
  starts.push((count + 1) << 2);
  store<u32>(starts.start, 0);
  let sum: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const place = placeOf(load<i32>(users.start + (i << 2)));
    store<u32>(starts.start + ((i + 1) << 2), sum);
    sum += load<u32>(place, 4);
    store<u64>(place, 0);
  }
}

function placeOf(user: i32): usize {
  return places.start + ((<usize>user) << 3);
}
