import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Kernel } from '../../src/tally/kernel.ts';
import {
  type Firsts,
  PlayCounter,
  sumOfCounts,
  trackPlays,
  trackUsers,
  trackWidth,
} from '../../src/tally/play-sets.ts';

/** Creator and item of each track, from track 1 on; 0 is none. */
const tracks = [
  [1, 1],
  [1, 2],
  [2, 1],
  [0, 3],
  [3, 0],
] as const;
const users = 6;
const creators = 3;

/** User, track and day, by the codes of the log. */
type Play = readonly [user: number, track: number, day: number];

const play = fc.tuple(
  fc.integer({ min: 1, max: users }),
  fc.integer({ min: 1, max: tracks.length }),
  fc.integer({ min: -2, max: 3 }),
);

/** Codes of a thread's own: those of the log backwards. */
const meaning = {
  users: Int32Array.from({ length: users + 1 }, (_, i) => users + 1 - i),
  tracks: Int32Array.from({ length: tracks.length + 1 }, (_, i) => tracks.length + 1 - i),
};

function recordsOf(plays: readonly Play[]): Int32Array {
  return Int32Array.from(
    plays.flatMap(([user, track, day]) => [users + 1 - user, tracks.length + 1 - track, day]),
  );
}

/** Which are asked for nothing while plays are counted. */
const kernels = [0, 1].map(
  () => new Kernel({ addText: () => 0, isText: () => 0, isoMillis: () => Number.NaN, addKind: () => {} }),
);

/** By two threads' kernels, a partition each, which are opened anew. */
function counted(slices: readonly (readonly Play[])[]) {
  const things = { users, creators, tracks: new Int32Array(trackWidth * (tracks.length + 1)) };
  for (const [i, track] of tracks.entries()) things.tracks.set(track, trackWidth * (i + 1));
  const counters = kernels.map((kernel) => new PlayCounter(kernel, things));
  // Users 1 to 3 are of one partition, the others of the next.
  const partitions = [0, 1].map((p) =>
    slices.map((plays) => recordsOf(plays.filter(([user]) => (user > 3 ? 1 : 0) === p))),
  );
  const meanings = slices.map(() => meaning);
  const firsts = counters.flatMap((counter, p) => counter.count([partitions[p]], meanings));
  const counts = sumOfCounts(
    things,
    counters.map((counter) => counter.counts),
  );
  const rowsOf = (parts: readonly Firsts[]) =>
    parts
      .flatMap(({ users, days, counts }) => Array.from(users, (user, i) => `${user} ${days[i]} ${counts[i]}`))
      .sort();
  return {
    heard: rowsOf(firsts.map(({ creators }) => creators)),
    items: rowsOf(firsts.map(({ items }) => items)),
    plays: tracks.map((_, i) => counts.tracks[trackWidth * (i + 1) + trackPlays]),
    users: tracks.map((_, i) => counts.tracks[trackWidth * (i + 1) + trackUsers]),
    creatorUsers: [...counts.creatorUsers],
  };
}

/** The same with sets of texts. */
function naive(plays: readonly Play[]) {
  const first = (thingOf: (track: number) => number) => {
    const days = new Map<string, number>();
    for (const [user, track, day] of plays) {
      const key = `${user} ${thingOf(track)}`;
      if (thingOf(track) > 0) days.set(key, Math.min(day, days.get(key) ?? day));
    }
    const rows = [...days].map(([key, day]) => `${key.split(' ')[0]} ${day}`);
    return [...new Set(rows)].map((row) => `${row} ${rows.filter((one) => one === row).length}`).sort();
  };
  const usersOf = (isOf: (track: number) => boolean) =>
    new Set(plays.flatMap(([user, track]) => (isOf(track) ? [user] : []))).size;
  return {
    heard: first((track) => tracks[track - 1][0]),
    items: first((track) => tracks[track - 1][1]),
    plays: tracks.map((_, i) => plays.filter(([, track]) => track === i + 1).length),
    users: tracks.map((_, i) => usersOf((track) => track === i + 1)),
    creatorUsers: Array.from({ length: creators + 1 }, (_, creator) =>
      creator === 0 ? 0 : usersOf((track) => tracks[track - 1][0] === creator),
    ),
  };
}

test('plays of several slices and partitions are counted as sets of them are', () => {
  fc.assert(
    fc.property(fc.array(fc.array(play, { maxLength: 60 }), { maxLength: 3 }), (slices) => {
      expect(counted(slices)).toEqual(naive(slices.flat()));
    }),
    { numRuns: 60, seed: 11 },
  );
});
