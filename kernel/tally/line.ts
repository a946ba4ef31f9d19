import { closingQuote, equalBytes, isPlain } from './bytes.ts';
import { sessionSlot, userSlot } from './definition.ts';
import { isoMillis, isText } from './host.ts';
import { keepKindSpan, recallKind } from './kind-spans.ts';
import { behindNumber, behindWhole, readNumber, value } from './numbers.ts';
import { readPair } from './pairs.ts';
import { clearRow, pending, pendingOf, pendingUser, rowBytes, setCode, setNumber } from './row-values.ts';
import * as shapes from './shapes.ts';
import { endOfLine } from './shapes.ts';
import { lengthOfSpan, nodeBehind } from './spans.ts';
import { codeOf, codeWithHash, hashOfText, likelyCode } from './texts.ts';
import { fetchPartOf, fetchSpan, keepSession, keepSpan, recall, recordOf, sessionAgain } from './users.ts';

/*
 * A line is read in two steps, since what it says is compared with what is known of its user, and that lies far apart in memory for one
 * line and the next: a batch of lines is read up to the user, all of their users' memory is fetched, and then they are read on.
 */

const nullWord = 0x6c6c756e;

/** Of a row between the steps: place in the line and node there, then text of the user (address, length, hash), code. */
const place = pendingUser;
const nodeThere = pendingUser + 4;
const userAt = pendingUser + 8;
const userLength = pendingUser + 12;
const userHash = pendingUser + 16;
const userCode = pendingUser + 20;

/** Reads the line that begins at `at` up to the value of the user. */
export function beginLine(at: usize): void {
  clearRow();
  store<usize>(pending, readOn(at, 0, 0), place);
}

/** Has memory fetched that the next step for the first rows of the batch will need. */
export function fetchUsers(rows: i32): void {
  const first = pendingOf(0);
  const end = pendingOf(rows);
  let sum: u32 = 0;
  for (let row = first; row < end; row += rowBytes) sum += likelyCode(userSlot, load<u32>(row, userHash));
  for (let row = first; row < end; row += rowBytes) {
    const at = load<usize>(row, userAt);
    const user =
      at === 0 ? 0 : codeWithHash(userSlot, at, load<i32>(row, userLength), load<u32>(row, userHash));
    store<i32>(row, user, userCode);
  }
  for (let row = first; row < end; row += rowBytes) sum += load<u32>(recordOf(load<i32>(row, userCode)));
  for (let row = first; row < end; row += rowBytes) sum += fetchSpan(load<i32>(row, userCode));
  fetched = sum;
}

/** Has memory fetched that the users' rows of the batch will change. */
export function fetchParts(rows: i32): void {
  const end = pendingOf(rows);
  let sum: u32 = 0;
  for (let row = pendingOf(0); row < end; row += rowBytes) sum += fetchPartOf(load<i32>(row, userCode));
  fetched = sum;
}

/** Exported, so that no compiler leaves out the loads. */
export let fetched: u32 = 0;

/**
 * Reads the rest of the line, whose LF stands in the data, into the row's values. Keys are compared, not parsed: what a line of a known
 * shape says is exact.
 * @returns where the next line begins; 0 when nothing is said of this one. What `readPair` found is still to be looked up.
 */
export function endLine(): usize {
  const p = load<usize>(pending, place);
  if (load<usize>(pending, userAt) === 0) return p;
  const user = load<i32>(pending, userCode);
  if (user === 0) return 0;
  setCode(userSlot, user);
  return readOn(p, load<i32>(pending, nodeThere), user);
}

/** Reads from a place in the line and the node there. @param user 0 where none was read yet: then it stops behind the first one. */
function readOn(at: usize, from: i32, user: i32): usize {
  let node = from;
  let p = at;
  // Where what the line says of its user, or of its kind, began, and the node there; 0 outside of both.
  let spanStart: usize = 0;
  let spanGroup = 0;
  let spanNode = 0;
  let spanSlots = 0;
  while (true) {
    let edge = shapes.firstEdge(node);
    const last = shapes.lastEdge(node);
    if (spanStart === 0 && edge < last) {
      spanGroup = shapes.groupOf(edge);
      if (spanGroup === shapes.byKind || (spanGroup === shapes.byUser && user !== 0)) {
        const span = spanGroup === shapes.byKind ? recallKind(node, p) : recall(user, node, p);
        if (span !== 0) {
          p += lengthOfSpan(span);
          node = nodeBehind(span);
          continue;
        }
        spanStart = p;
        spanNode = node;
        spanSlots = 0;
      }
    }
    while (edge < last && !equalBytes(shapes.segmentOf(edge), p, shapes.lengthOf(edge)))
      edge += shapes.edgeBytes;
    if (edge === last) return 0;
    if (spanStart !== 0 && shapes.groupOf(edge) !== spanGroup) {
      if (p > spanStart) {
        if (spanGroup === shapes.byKind) keepKindSpan(spanNode, spanStart, p, node, spanSlots);
        else keepSpan(user, spanNode, spanStart, p, node, spanSlots);
      }
      spanStart = 0;
    }
    p += shapes.lengthOf(edge);
    const slot = shapes.slotOf(edge);
    if (slot === endOfLine) return behindLineEnd(p);
    node = shapes.nodeOf(edge);
    spanSlots |= shapes.bitOf(edge);
    const partner = shapes.partnerOf(edge);
    if (partner !== 0 && load<u8>(p) === 0x22) {
      const next = readPair(edge, partner, p);
      if (next !== 0) {
        p = next;
        node = shapes.nodeOf(partner);
        continue;
      }
    }
    if (load<u32>(p) === nullWord) p += 4;
    else if (slot === userSlot) return readUser(shapes.typeOf(edge), p, node);
    else p = readValue(slot, shapes.typeOf(edge), p, user);
    if (p === 0) return 0;
  }
}

/** Takes down where the user stands, and where to read on; gives the latter. */
function readUser(type: i32, at: usize, node: i32): usize {
  const isQuoted = load<u8>(at) === 0x22;
  if (!isQuoted && type !== shapes.id) return 0;
  const start = at + usize(isQuoted);
  const end = isQuoted ? closingQuote(start) : behindWhole(start);
  if (end === 0) return 0;
  const length = <i32>(end - start);
  store<i32>(pending, node, nodeThere);
  store<usize>(pending, start, userAt);
  store<i32>(pending, length, userLength);
  store<u32>(pending, hashOfText(start, length), userHash);
  return end + usize(isQuoted);
}

/** Reads a value that is not null; gives where it ends, 0 where it is none that this reader takes. */
function readValue(slot: i32, type: i32, at: usize, user: i32): usize {
  const isQuoted = load<u8>(at) === 0x22;
  switch (type) {
    case shapes.text:
      return isQuoted ? readText(slot, at + 1, user) : 0;
    case shapes.id:
      return isQuoted ? readText(slot, at + 1, user) : readWhole(slot, at, user);
    case shapes.number:
      return readNumberOf(slot, at);
    case shapes.quoted: {
      if (!isQuoted) return readNumberOf(slot, at);
      const end = readNumberOf(slot, at + 1);
      return end !== 0 && load<u8>(end) === 0x22 ? end + 1 : 0;
    }
    case shapes.iso:
      return isQuoted ? readTime(slot, at + 1) : 0;
    default:
      return isQuoted ? behindText(at + 1) : behindScalar(at);
  }
}

function readText(slot: i32, at: usize, user: i32): usize {
  const end = closingQuote(at);
  return readCode(slot, at, <i32>(end - at), user) ? end + 1 : 0;
}

/** An id that is written as a whole number. */
function readWhole(slot: i32, at: usize, user: i32): usize {
  const end = behindWhole(at);
  return end !== 0 && readCode(slot, at, <i32>(end - at), user) ? end : 0;
}

function readCode(slot: i32, at: usize, length: i32, user: i32): bool {
  let code = 0;
  if (slot === sessionSlot && user !== 0) {
    code = sessionAgain(user, at, length);
    if (code === 0) {
      code = codeOf(slot, at, length);
      keepSession(user, at, length, code);
    }
  } else {
    code = codeOf(slot, at, length);
  }
  setCode(slot, code);
  return code !== 0;
}

function readNumberOf(slot: i32, at: usize): usize {
  const end = readNumber(at);
  if (end !== 0) setNumber(slot, value);
  return end;
}

function readTime(slot: i32, at: usize): usize {
  const end = closingQuote(at);
  const millis = isoMillis(at, <i32>(end - at));
  if (Number.isNaN(millis)) return 0;
  setNumber(slot, millis);
  return end + 1;
}

function behindLineEnd(at: usize): usize {
  const byte = load<u8>(at);
  if (byte === 0x0a) return at + 1;
  return byte === 0x0d && load<u8>(at + 1) === 0x0a ? at + 2 : 0;
}

/** Behind the closing quote of a JSON string; 0 where it is none. */
function behindText(at: usize): usize {
  const end = closingQuote(at);
  const length = <i32>(end - at);
  return isPlain(at, length) || isText(at, length) ? end + 1 : 0;
}

/** Behind a number, true or false. */
function behindScalar(at: usize): usize {
  if (load<u32>(at) === 0x65757274) return at + 4;
  if (load<u8>(at) === 0x66) return load<u32>(at, 1) === 0x65736c61 ? at + 5 : 0;
  return behindNumber(at);
}
