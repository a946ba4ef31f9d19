import type { Crew } from './crew.ts';
import type { LogTally } from './log-tally.ts';
import { type Played, trackWidth } from './play-sets.ts';
import type { SliceTally } from './slice.ts';
import type { TallyTask } from './tally-task.ts';

/** Whether any two rows of the log have equal hashes. */
export async function anyRepeated(tallies: readonly SliceTally[], crew: Crew): Promise<boolean> {
  const tasks = batchesOf(tallies, (p) => tallies.map(({ hashes }) => hashes[p])).map(
    (partitions): TallyTask => ({ kind: 'repeated', partitions }),
  );
  const results = await crew.run(tasks);
  return results.some((result) => result.kind === 'repeated' && result.repeated);
}

/** What users met for the first time, and how often each thing was played. @param threads which one read each slice. */
export async function sortPlays(
  tallies: readonly SliceTally[],
  threads: readonly number[],
  log: LogTally,
  crew: Crew,
): Promise<Played> {
  const codes = new Map(
    [...new Set(threads)].map((thread) => {
      const { texts, tracks } = log.codesOf(thread);
      return [thread, { users: shared(texts.user), tracks: shared(tracks) }];
    }),
  );
  const counts = {
    tracks: shared(trackWidth * (log.tracks.things.length + 1)),
    creatorUsers: shared(log.texts.creator.things.length + 1),
    users: log.texts.user.things.length,
  };
  log.tracks.things.forEach((track, i) => {
    counts.tracks.set(track, trackWidth * (i + 1));
  });
  const tasks = batchesOf(tallies, (p) =>
    tallies.flatMap(({ plays }, i) => {
      const own = codes.get(threads[i]);
      return own === undefined ? [] : [{ extent: plays[p], ...own }];
    }),
  ).map((partitions): TallyTask => ({ kind: 'plays', partitions, counts }));
  const results = await crew.run(tasks);
  const played = results.flatMap((result) => (result.kind === 'plays' ? [result] : []));
  return {
    counts,
    creators: played.flatMap(({ creators }) => creators),
    items: played.flatMap(({ items }) => items),
  };
}

/** Few enough that threads seldom wait for this one to hand out more, which makes tables meanwhile; enough for many threads. */
const mostTasks = 32;

/** What is made of each partition, some to a task. */
function batchesOf<T>(tallies: readonly SliceTally[], make: (partition: number) => T): T[][] {
  const made = tallies.length === 0 ? [] : tallies[0].plays.map((_, p) => make(p));
  const size = Math.ceil(made.length / mostTasks);
  return Array.from({ length: Math.min(made.length, mostTasks) }, (_, i) =>
    made.slice(i * size, (i + 1) * size),
  );
}

/** Numbers, or so many zeros, in memory that threads share. */
function shared(numbers: readonly number[] | number): Int32Array {
  const length = typeof numbers === 'number' ? numbers : numbers.length;
  const array = new Int32Array(new SharedArrayBuffer(4 * Math.max(length, 1)));
  if (typeof numbers !== 'number') array.set(numbers);
  return array;
}
