/*
 * The hot path of reading a local log: lines of JSON become the counts that the ledger and the statistics are made of. The host
 * puts bytes into memory, has lines tallied, and asks for what became of them; what is odd about a line it sees itself.
 */
import { allocate, release } from './blocks.ts';
import { behindLine } from './bytes.ts';
import {
  actionSlot,
  agentSlot,
  areKindsOfUser,
  creatorSlot,
  durationScale,
  durationSlot,
  earliest,
  emptyAction,
  emptyUser,
  genderSlot,
  itemSlot,
  latest,
  locationSlot,
  longestDuration,
  registeredSlot,
  registeredUnit,
  sequenceSlot,
  sessionSlot,
  timeSlot,
  timeUnit,
  userSlot,
} from './definition.ts';
import {
  beginPlays,
  countPlays,
  creatorUsers,
  firstCreators,
  firstItems,
  openPlays,
  playedTracks,
} from './first-plays.ts';
import { clearHours, hourCounts, hours } from './hours.ts';
import { addKindSpanSlot, closeKindSpanSlots } from './kind-spans.ts';
import { addKindSlot, clearKindCounts, keepKind, kinds } from './kinds.ts';
import { beginLine, endLine, fetched as fetchedOfUsers, fetchParts, fetchUsers } from './line.ts';
import { fetched, fetchPairs, resolvePair } from './pairs.ts';
import { partitionStarts, sorted, sortHashes, sortPlays } from './partition.ts';
import { clearParts, layOut, partColumns, setRoles } from './parts.ts';
import { clearProfileCounts, profileCounts, profiles } from './profiles.ts';
import {
  accepted,
  addRow,
  anonymous,
  clearCounts,
  creators,
  durations,
  items,
  losses,
  nameless,
  sequences,
  userHours,
  userKinds,
} from './row.ts';
import { batchRows, clearRow, codes, numbers, selectRow, setSlots } from './row-values.ts';
import { setShapes } from './shapes.ts';
import { codeOf, keepText } from './texts.ts';
import { tracks } from './tracks.ts';
import { records } from './user-plays.ts';
import { addUserSlot, countRowsOfSpans, forgetParts } from './users.ts';

export {
  accepted,
  actionSlot,
  addKindSlot,
  addKindSpanSlot,
  addRow,
  addUserSlot,
  agentSlot,
  allocate,
  anonymous,
  areKindsOfUser,
  beginPlays,
  closeKindSpanSlots,
  codeOf,
  codes,
  countPlays,
  countRowsOfSpans,
  creatorSlot,
  creators,
  durationScale,
  durationSlot,
  durations,
  earliest,
  emptyAction,
  emptyUser,
  fetched,
  fetchedOfUsers,
  genderSlot,
  itemSlot,
  items,
  keepKind,
  keepText,
  latest,
  layOut,
  locationSlot,
  longestDuration,
  nameless,
  numbers,
  openPlays,
  registeredSlot,
  registeredUnit,
  release,
  sequenceSlot,
  sequences,
  sessionSlot,
  setRoles,
  setShapes,
  setSlots,
  sortHashes,
  sortPlays,
  timeSlot,
  timeUnit,
  userSlot,
};

/** Lines that `tallyLines` tallied. */
export let lines: i32 = 0;
/** Whether nothing could be said of the line at which it stopped; otherwise its values are bad. */
export let isOdd: bool = false;

/** Where the rows of the batch begin. */
const starts = memory.data(4 * batchRows, 4);

/** Tallies the lines from `at` on that begin before `stop`; gives `stop` or behind it, or the line that it can not tally. */
export function tallyLines(at: usize, stop: usize): usize {
  let p = at;
  while (p < stop) {
    let begun = 0;
    while (begun < batchRows && p < stop) {
      store<usize>(starts + (begun << 2), p);
      selectRow(begun++);
      beginLine(p);
      p = behindLine(p);
    }
    fetchUsers(begun);
    let ended = 0;
    while (ended < begun && endRow(ended)) ended++;
    fetchPairs(ended);
    fetchParts(ended);
    for (let row = 0; row < ended; row++) {
      selectRow(row);
      isOdd = !resolvePair();
      if (isOdd || !addRow()) return load<usize>(starts + (row << 2));
      lines++;
    }
    isOdd = ended < begun;
    if (isOdd) return load<usize>(starts + (ended << 2));
  }
  return p;
}

function endRow(row: i32): bool {
  selectRow(row);
  return endLine() !== 0;
}

/** Reads one line; gives where the next one begins, 0 where nothing is said of this one. */
export function readLine(at: usize): usize {
  selectRow(0);
  beginLine(at);
  fetchUsers(1);
  const next = endLine();
  return next !== 0 && resolvePair() ? next : 0;
}

/** Makes a row ready for the host to fill. */
export function beginRow(): void {
  selectRow(0);
  clearRow();
}

/** Addresses of lists; see `list.ts`. */
export const partColumnList = changetype<usize>(partColumns);
export const sortedList = changetype<usize>(sorted);
export const partitionStartList = changetype<usize>(partitionStarts);
export const lossList = changetype<usize>(losses);
export const userHourList = changetype<usize>(userHours);
export const userKindList = changetype<usize>(userKinds);
export const kindList = changetype<usize>(kinds);
export const profileList = changetype<usize>(profiles.keys);
export const profileCountList = changetype<usize>(profileCounts);
export const trackList = changetype<usize>(tracks.keys);
export const hourList = changetype<usize>(hours.keys);
export const hourCountList = changetype<usize>(hourCounts);
export const playList = changetype<usize>(records);
export const playedTrackList = changetype<usize>(playedTracks);
export const creatorUserList = changetype<usize>(creatorUsers);
export const firstCreatorList = changetype<usize>(firstCreators);
export const firstItemList = changetype<usize>(firstItems);

/** Forgets what was counted, but for what gives codes their meaning, and which pairs were told. */
export function clear(): void {
  lines = 0;
  clearCounts();
  countRowsOfSpans();
  clearHours();
  clearKindCounts();
  clearProfileCounts();
  clearParts();
  forgetParts();
}
