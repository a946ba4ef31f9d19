import { threadId } from 'node:worker_threads';
import type { Definition } from '../definition/schema.ts';
import type { Slice } from './cut.ts';
import { type FileHash, hashFile } from './hash-file.ts';
import {
  type CodeMeanings,
  type Firsts,
  type FirstsOfPartition,
  PlayCounter,
  type PlayCounts,
  type PlayedThings,
} from './play-sets.ts';
import { Refusal } from './refusal.ts';
import { hasRepeated } from './repeated.ts';
import { SliceTallier, type SliceTally } from './slice.ts';
import type { Slot } from './slots.ts';
import { type Extent, readPartitions } from './spill.ts';

/** What every thread must know. */
export interface TallyPlan {
  readonly definition: Definition;
  readonly slots: readonly Slot[];
}

export type TallyTask =
  | { readonly kind: 'hash'; readonly path: string }
  | { readonly kind: 'slice'; readonly slice: Slice }
  | { readonly kind: 'repeated'; readonly partitions: readonly (readonly Extent[])[] }
  | {
      readonly kind: 'plays';
      readonly partitions: readonly (readonly Extent[])[];
      /** By slice. */
      readonly meanings: readonly CodeMeanings[];
      /** The same in all tasks. */
      readonly things: PlayedThings;
    };

export type TallyResult =
  | { readonly kind: 'hash'; readonly hash: FileHash }
  | { readonly kind: 'slice'; readonly thread: number; readonly tally: SliceTally }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'repeated'; readonly repeated: boolean }
  | {
      readonly kind: 'plays';
      readonly thread: number;
      /** All that the thread has counted so far, wherever it is told. */
      readonly counts: PlayCounts;
      readonly creators: readonly Firsts[];
      readonly items: readonly Firsts[];
    };

/** The work of one thread, which remembers what texts it has met. */
export function tallyWork({ definition, slots }: TallyPlan): (task: TallyTask) => TallyResult {
  const tallier = new SliceTallier(definition, slots);
  let plays: PlayCounter | undefined;
  return (task) => {
    switch (task.kind) {
      case 'hash':
        return { kind: 'hash', hash: hashFile(task.path) };
      case 'slice':
        return tallySlice(tallier, task.slice);
      case 'repeated':
        return { kind: 'repeated', repeated: readPartitions(task.partitions).some(hasRepeated) };
      case 'plays':
        plays ??= new PlayCounter(tallier.kernel, task.things);
        return playsOf(plays.count(readPartitions(task.partitions), task.meanings), plays);
    }
  };
}

function tallySlice(tallier: SliceTallier, slice: Slice): TallyResult {
  try {
    return { kind: 'slice', thread: threadId, tally: tallier.tally(slice) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function playsOf(partitions: readonly FirstsOfPartition[], { counts }: PlayCounter): TallyResult {
  return {
    kind: 'plays',
    thread: threadId,
    counts,
    creators: partitions.map(({ creators }) => creators),
    items: partitions.map(({ items }) => items),
  };
}
