import type { Crew } from './crew.ts';
import type { LogTally } from './log-tally.ts';
import {
  type CodeMeanings,
  type Played,
  type PlayedThings,
  sharedNumbers,
  sumOfCounts,
  trackWidth,
} from './play-sets.ts';
import type { SliceTally } from './slice.ts';
import type { Extent } from './spill.ts';
import type { TallyTask } from './tally-task.ts';

/** Whether any two rows of the log have equal hashes. */
export async function anyRepeated(tallies: readonly SliceTally[], crew: Crew): Promise<boolean> {
  const tasks = batchesOf(tallies.map(({ hashes }) => hashes)).map(
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
  const meanings = meaningsOf(threads, log);
  const things = thingsOf(log);
  const tasks = batchesOf(tallies.map(({ plays }) => plays)).map(
    (partitions): TallyTask => ({ kind: 'plays', partitions, meanings, things }),
  );
  const results = await crew.run(tasks);
  const played = results.flatMap((result) => (result.kind === 'plays' ? [result] : []));
  const ofThreads = new Map(played.map(({ thread, counts }) => [thread, counts]));
  return {
    counts: sumOfCounts(things, ofThreads.values()),
    creators: played.flatMap(({ creators }) => creators),
    items: played.flatMap(({ items }) => items),
  };
}

function thingsOf({ texts, tracks }: LogTally): PlayedThings {
  const table = sharedNumbers(trackWidth * (tracks.size + 1));
  for (let track = 1; track <= tracks.size; track++) {
    table[trackWidth * track] = tracks.creatorOf(track);
    table[trackWidth * track + 1] = tracks.itemOf(track);
  }
  return { users: texts.user.things.length, creators: texts.creator.things.length, tracks: table };
}

/** By slice; threads share the memory. */
function meaningsOf(threads: readonly number[], log: LogTally): CodeMeanings[] {
  const ofThreads = new Map<number, CodeMeanings>();
  return threads.map((thread) => {
    const { texts, tracks } = log.codesOf(thread);
    const own = ofThreads.get(thread) ?? { users: shared(texts.user), tracks: shared(tracks) };
    ofThreads.set(thread, own);
    return own;
  });
}

/** Few enough that threads seldom wait for this one to hand out more, which makes tables meanwhile; enough for many threads. */
const fewTasks = 32;
/** What a thread holds at once. */
const mostPartitions = 16;

/** The extents of each partition, by slice, some partitions to a task. @param slices extents by partition. */
function batchesOf(slices: readonly (readonly Extent[])[]): (readonly Extent[])[][] {
  const partitions = slices.length === 0 ? [] : slices[0].map((_, p) => slices.map((extents) => extents[p]));
  const size = Math.max(1, Math.min(mostPartitions, Math.ceil(partitions.length / fewTasks)));
  return Array.from({ length: Math.ceil(partitions.length / size) }, (_, i) =>
    partitions.slice(i * size, (i + 1) * size),
  );
}

/** Numbers in memory that threads share. */
function shared(numbers: readonly number[]): Int32Array {
  const array = sharedNumbers(numbers.length);
  array.set(numbers);
  return array;
}
