import type { Kernel } from './kernel.ts';
import { playWidth } from './slice.ts';

/** Codes of the whole log, by those of the thread that read a slice. */
export interface CodeMeanings {
  readonly users: Int32Array;
  readonly tracks: Int32Array;
}

/** What a log's plays are of. Codes count from 1. */
export interface PlayedThings {
  readonly users: number;
  readonly creators: number;
  /** As in `PlayCounts`, with nothing counted; in memory that threads share. */
  readonly tracks: Int32Array;
}

/** How often each thing was played. */
export interface PlayCounts {
  /** Four numbers each, as `kernel/tally/first-plays.ts` has them: codes of its creator and its item, 0 for none, how often it was played, and by how many users. */
  readonly tracks: Int32Array;
  /** How many users played each creator. */
  readonly creatorUsers: Int32Array;
}

/** A log with more is read row by row: every thread counts each track in 16 bytes of a kernel's memory, beside its texts. */
export const mostTracks = 2 ** 24;

export const trackWidth = 4;
export const trackPlays = 2;
export const trackUsers = 3;

/** Users and days on which something was met for the first time, and how many things. */
export interface Firsts {
  readonly users: Int32Array;
  readonly days: Int32Array;
  readonly counts: Int32Array;
}

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

/** Counts the plays of partitions of the users, one after the other, in the kernel. */
export class PlayCounter {
  readonly #kernel: Kernel;
  /** Of all partitions so far; in memory that threads share. */
  readonly counts: PlayCounts;

  constructor(kernel: Kernel, { users, creators, tracks }: PlayedThings) {
    this.#kernel = kernel;
    this.counts = { tracks: sharedNumbers(tracks.length), creatorUsers: sharedNumbers(creators + 1) };
    kernel.call.openPlays(users, tracks.length / trackWidth - 1, creators);
    kernel.numbers('playedTrackList').set(tracks);
  }

  /**
   * What the users of some partitions played for the first time, creators and items.
   * @param partitions user, track and day of each play, by partition and slice.
   * @param meanings by slice.
   */
  count(
    partitions: readonly (readonly Int32Array[])[],
    meanings: readonly CodeMeanings[],
  ): FirstsOfPartition[] {
    const firsts = partitions.map((slices) => this.#countPartition(slices, meanings));
    this.counts.tracks.set(this.#kernel.numbers('playedTrackList'));
    this.counts.creatorUsers.set(this.#kernel.numbers('creatorUserList'));
    return firsts;
  }

  #countPartition(slices: readonly Int32Array[], meanings: readonly CodeMeanings[]): FirstsOfPartition {
    const kernel = this.#kernel;
    kernel.call.beginPlays(slices.reduce((sum, { length }) => sum + length / playWidth, 0));
    putInCodesOfLog(slices, meanings, kernel.numbers('playList'));
    kernel.call.countPlays();
    return {
      creators: firstsOf(kernel.numbers('firstCreatorList')),
      items: firstsOf(kernel.numbers('firstItemList')),
    };
  }
}

function putInCodesOfLog(
  slices: readonly Int32Array[],
  meanings: readonly CodeMeanings[],
  plays: Int32Array,
): void {
  let to = 0;
  slices.forEach((own, i) => {
    const { users, tracks } = meanings[i];
    for (let at = 0; at < own.length; at += playWidth) {
      plays[to++] = users[own[at]];
      plays[to++] = tracks[own[at + 1]];
      plays[to++] = own[at + 2];
    }
  });
}

function firstsOf(rows: Int32Array): Firsts {
  const column = (j: number) => {
    const numbers = new Int32Array(rows.length / 3);
    for (let i = 0; i < numbers.length; i++) numbers[i] = rows[3 * i + j];
    return numbers;
  };
  return { users: column(0), days: column(1), counts: column(2) };
}

/** What threads counted of the same things, added up. */
export function sumOfCounts(things: PlayedThings, counts: Iterable<PlayCounts>): PlayCounts {
  const tracks = Int32Array.from(things.tracks);
  const creatorUsers = new Int32Array(things.creators + 1);
  for (const own of counts) {
    for (let at = 0; at < tracks.length; at += trackWidth) {
      tracks[at + trackPlays] += own.tracks[at + trackPlays];
      tracks[at + trackUsers] += own.tracks[at + trackUsers];
    }
    for (let i = 0; i < creatorUsers.length; i++) creatorUsers[i] += own.creatorUsers[i];
  }
  return { tracks, creatorUsers };
}

/** Zeros in memory that threads share. */
export function sharedNumbers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}
