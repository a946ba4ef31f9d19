import { closingQuote, equalBytes, isPlain } from './bytes.ts';
import { sessionSlot, userSlot } from './definition.ts';
import { isoMillis, isText } from './host.ts';
import { behindNumber, behindWhole, readNumber, value } from './numbers.ts';
import { readPair } from './pairs.ts';
import { clearRow, setCode, setNumber } from './row-values.ts';
import * as shapes from './shapes.ts';
import { endOfLine } from './shapes.ts';
import { codeOf } from './texts.ts';
import { keepSession, keepSpan, lengthOfSpan, nodeBehind, recall, sessionAgain } from './users.ts';

const nullWord = 0x6c6c756e;

let user: i32 = 0;

/**
 * Reads the line that begins at `at`, whose LF stands in the data, into the row's values. Keys are compared, not parsed: what a line of
 * a known shape says is exact.
 * @returns where the next line begins; 0 when nothing is said of this one. What `readPair` found is still to be looked up.
 */
export function readLine(at: usize): usize {
  clearRow();
  user = 0;
  let node = 0;
  let p = at;
  // Where what the line says of its user began, and the node there; 0 outside of it.
  let spanStart: usize = 0;
  let spanNode = 0;
  let spanSlots = 0;
  while (true) {
    let edge = shapes.firstEdge(node);
    const last = shapes.lastEdge(node);
    if (user !== 0 && spanStart === 0 && edge < last && shapes.isOfUser(edge)) {
      const span = recall(user, node, p);
      if (span !== 0) {
        p += lengthOfSpan(span);
        node = nodeBehind(span);
        continue;
      }
      spanStart = p;
      spanNode = node;
      spanSlots = 0;
    }
    while (edge < last && !equalBytes(shapes.segmentOf(edge), p, shapes.lengthOf(edge)))
      edge += shapes.edgeBytes;
    if (edge === last) return 0;
    if (spanStart !== 0 && !shapes.isOfUser(edge)) {
      if (p > spanStart) keepSpan(user, spanNode, spanStart, p, node, spanSlots);
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
    p = load<u32>(p) === nullWord ? p + 4 : readValue(slot, shapes.typeOf(edge), p);
    if (p === 0) return 0;
  }
}

/** Reads a value that is not null; gives where it ends, 0 where it is none that this reader takes. */
function readValue(slot: i32, type: i32, at: usize): usize {
  const isQuoted = load<u8>(at) === 0x22;
  switch (type) {
    case shapes.text:
      return isQuoted ? readText(slot, at + 1) : 0;
    case shapes.id:
      return isQuoted ? readText(slot, at + 1) : readWhole(slot, at);
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

function readText(slot: i32, at: usize): usize {
  const end = closingQuote(at);
  return readCode(slot, at, <i32>(end - at)) ? end + 1 : 0;
}

/** An id that is written as a whole number. */
function readWhole(slot: i32, at: usize): usize {
  const end = behindWhole(at);
  return end !== 0 && readCode(slot, at, <i32>(end - at)) ? end : 0;
}

function readCode(slot: i32, at: usize, length: i32): bool {
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
  if (slot === userSlot) user = code;
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
