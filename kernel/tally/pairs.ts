import { closingQuote, equalBytes, hashOf } from './bytes.ts';
import { creatorSlot, itemSlot } from './definition.ts';
import { codeAt, pending, pendingOf, rowBytes, setCode, setPair } from './row-values.ts';
import { lengthOf, segmentOf, slotOf } from './shapes.ts';
import { Spans } from './spans.ts';
import { codeOf } from './texts.ts';
import { hashOfTrack, trackOf } from './tracks.ts';

/*
 * Creator and item that stand one behind the other are looked up as one. There are so many different ones that most are in no
 * cache: so a batch of rows is read first, then what the rows will need is fetched, all of it at once, and then it is looked
 * up row by row.
 */

/** Behind the length and the tag: codes of both, track, then a hash of the track. */
const creatorOf = 8;
const itemOf = 12;
const trackAt = 16;
const hashAt = 24;
const header = 32;
const pairs = new Spans(header);

/** Of the pending pair of a row; see `row-values.ts`. */
const pendingAt = 0;
const pendingLength = 4;
const pendingHash = 8;
const pendingEdge = 12;
const pendingPartner = 16;
const pendingRecord = 20;

/**
 * Reads the text of a pair's slot, whose quote stands at `at`, and the other one with it, for `resolvePair` to look up.
 * @param edge, partner the edges to the two.
 * @returns where the second one ends; 0 where it does not follow.
 */
export function readPair(edge: usize, partner: usize, at: usize): usize {
  const end = closingQuote(at + 1);
  const segment = lengthOf(partner);
  const otherAt = end + 1 + segment;
  if (!equalBytes(segmentOf(partner), end + 1, segment) || load<u8>(otherAt) !== 0x22) return 0;
  const otherEnd = closingQuote(otherAt + 1);
  const length = <i32>(otherEnd - at);
  store<usize>(pending, at, pendingAt);
  store<i32>(pending, length, pendingLength);
  store<u32>(pending, hashOf(at, length, slotOf(edge)), pendingHash);
  store<usize>(pending, edge, pendingEdge);
  store<usize>(pending, partner, pendingPartner);
  return otherEnd + 1;
}

/** Exported, so that no compiler leaves out the loads. */
export let fetched: u32 = 0;

/** Has the memory fetched that the first rows of the batch will need; changes nothing. */
export function fetchPairs(rows: i32): void {
  const first = pendingOf(0);
  const end = pendingOf(rows);
  for (let row = first; row < end; row += rowBytes) {
    store<usize>(row, pairs.likely(load<u32>(row, pendingHash)), pendingRecord);
  }
  let sum: u32 = 0;
  for (let row = first; row < end; row += rowBytes) {
    const record = load<usize>(row, pendingRecord);
    sum += load<u32>(record) + load<u32>(record, 64);
  }
  fetched = sum;
}

/** Looks up the pair of the row at hand, if it has one. @returns false where a text of it is none. */
export function resolvePair(): bool {
  const length = load<i32>(pending, pendingLength);
  if (length === 0) return true;
  const at = load<usize>(pending, pendingAt);
  const tag = slotOf(load<usize>(pending, pendingEdge));
  const record = pairs.find(tag, at, length, load<u32>(pending, pendingHash));
  if (record === 0) return addPair(tag, at, length);
  setCode(creatorSlot, load<i32>(record, creatorOf));
  setCode(itemSlot, load<i32>(record, itemOf));
  setPair(record);
  return true;
}

function addPair(slot: i32, at: usize, length: i32): bool {
  const partner = load<usize>(pending, pendingPartner);
  const end = closingQuote(at + 1);
  const otherAt = end + 1 + lengthOf(partner);
  const first = codeOf(slot, at + 1, <i32>(end - at - 1));
  const other = codeOf(slotOf(partner), otherAt + 1, <i32>(at + length - otherAt - 1));
  if (first === 0 || other === 0) return false;
  setCode(slot, first);
  setCode(slotOf(partner), other);
  const record = pairs.add(slot, at, length);
  if (record === 0) return true;
  const track = trackOf(codeAt(creatorSlot), codeAt(itemSlot));
  store<i32>(record, codeAt(creatorSlot), creatorOf);
  store<i32>(record, codeAt(itemSlot), itemOf);
  store<i32>(record, track, trackAt);
  store<u64>(record, hashOfTrack(track), hashAt);
  setPair(record);
  return true;
}

export function trackOfPair(record: usize): i32 {
  return load<i32>(record, trackAt);
}

export function hashOfPair(record: usize): u64 {
  return load<u64>(record, hashAt);
}
