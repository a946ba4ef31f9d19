import { FirstDays } from './first-days.ts';
import { type Firsts, FirstsOfUsers } from './firsts.ts';
import { playWidth } from './slice.ts';

/** Codes of the whole log, by those of the thread that read a slice. */
export interface CodeMeanings {
  readonly users: Int32Array;
  readonly tracks: Int32Array;
}

/**
 * What is known of the log's tracks and users, in memory that threads share. A track has four numbers, beside each other since they are
 * needed at once: codes of its creator and its item, 0 for none, how often it was played, and by how many users.
 */
export interface PlayCounts {
  readonly tracks: Int32Array;
  /** How many users played each creator. */
  readonly creatorUsers: Int32Array;
  /** Users of the log; their codes are 1 … `users`. */
  readonly users: number;
}

export const trackWidth = 4;
const trackItem = 1;
export const trackPlays = 2;
export const trackUsers = 3;

/** What the users of one partition met for the first time. */
export interface FirstsOfPartition {
  readonly creators: Firsts;
  readonly items: Firsts;
}

/** What users met for the first time, by partition, and how often each thing was played. */
export interface Played {
  readonly counts: PlayCounts;
  readonly creators: readonly Firsts[];
  readonly items: readonly Firsts[];
}

/**
 * What the users of some partitions played for the first time, creators and items; adds to the counts.
 * @param partitions user, track and day of each play, by partition and slice; they are overwritten.
 * @param meanings by slice.
 */
export function countPlays(
  partitions: readonly (readonly Int32Array[])[],
  meanings: readonly CodeMeanings[],
  counts: PlayCounts,
): FirstsOfPartition[] {
  const places = new Int32Array(2 * counts.users + 2);
  return partitions.map((slices) => countPartition(byUser(slices, meanings, places), counts));
}

/** One user follows the other, so that the tables are of one user's plays and stay in a processor's own cache. */
function countPartition({ users, starts, tracks, days }: UserPlays, counts: PlayCounts): FirstsOfPartition {
  const most = starts.reduce((sum, start, i) => (i === 0 ? 0 : Math.max(sum, start - starts[i - 1])), 0);
  const creators = new Int32Array(most);
  const items = new Int32Array(most);
  const byTrack = new FirstDays();
  const ofCreators = new FirstsOfUsers();
  const ofItems = new FirstsOfUsers();
  users.forEach((user, i) => {
    byTrack.reset(starts[i + 1] - starts[i]);
    for (let play = starts[i]; play < starts[i + 1]; play++) byTrack.add(tracks[play], days[play]);
    const size = byTrack.size;
    // By itself: these loads lie far apart in memory, and wait for each other where anything hangs on one of them.
    for (let j = 0; j < size; j++) {
      const track = trackWidth * byTrack.things[j];
      creators[j] = counts.tracks[track];
      items[j] = counts.tracks[track + trackItem];
    }
    ofCreators.take(user, creators, byTrack.days, size);
    for (let j = 0; j < ofCreators.met.size; j++) {
      Atomics.add(counts.creatorUsers, ofCreators.met.things[j], 1);
    }
    ofItems.take(user, items, byTrack.days, size);
    for (let j = 0; j < size; j++) {
      const track = trackWidth * byTrack.things[j];
      Atomics.add(counts.tracks, track + trackPlays, byTrack.counts[j]);
      Atomics.add(counts.tracks, track + trackUsers, 1);
    }
  });
  return { creators: ofCreators.firsts(), items: ofItems.firsts() };
}

/** Plays in the order of their users; those of `users[i]` are `starts[i] … starts[i + 1]`. */
interface UserPlays {
  readonly users: readonly number[];
  readonly starts: Int32Array;
  readonly tracks: Int32Array;
  readonly days: Int32Array;
}

/** @param places two zeros for each user of the log, which they are again at the end: place in `users` + 1, and number of plays. */
function byUser(
  records: readonly Int32Array[],
  meanings: readonly CodeMeanings[],
  places: Int32Array,
): UserPlays {
  const users: number[] = [];
  records.forEach((own, i) => {
    const meaning = meanings[i].users;
    for (let at = 0; at < own.length; at += playWidth) {
      const user = meaning[own[at]];
      if (places[2 * user] === 0) places[2 * user] = users.push(user);
      places[2 * user + 1]++;
      own[at] = places[2 * user] - 1;
    }
  });
  const starts = new Int32Array(users.length + 1);
  users.forEach((user, i) => {
    starts[i + 1] = starts[i] + places[2 * user + 1];
    places.fill(0, 2 * user, 2 * user + 2);
  });
  const next = starts.slice();
  const tracks = new Int32Array(starts[users.length]);
  const days = new Int32Array(tracks.length);
  records.forEach((own, i) => {
    const meaning = meanings[i].tracks;
    for (let at = 0; at < own.length; at += playWidth) {
      const to = next[own[at]]++;
      tracks[to] = meaning[own[at + 1]];
      days[to] = own[at + 2];
    }
  });
  return { users, starts, tracks, days };
}
