import { equalBytes, hashOf } from './bytes.ts';
import { List } from './list.ts';
import { codeAt, setCode, setKindSpan } from './row-values.ts';
import { lengthOfSpan, nodeBehind, Spans, setNodeBehind } from './spans.ts';

/*
 * Keys that stand one behind the other and whose values make the kind of a row say the same on nearly all lines of a log, in some dozen
 * ways. So the bytes of such a piece, keys and all, are compared with those that stood there before, the most frequent
 * ones first, and what they say is known.
 */

/** A piece, behind length and tag: node behind it, bits of its slots, kind + 1, then the code of each slot; its bytes. */
const maskOf = 12;
const kindOf = 16;
const codesOf = 32;
/** Slots that may go by the kind. */
export const maxKindSpanSlots = 24;
const header = codesOf + 4 * maxKindSpanSlots;
const spans = new Spans(header);

/** By node: pieces that began there, in about the order of how often. */
const candidates = new List();
const most = 8;
const candidatesBytes = 4 * most;

/** Pieces that are met again on less than half of the lines are no longer kept. */
const trial = 4096;
let tried = 0;
let right = 0;

const slots = memory.data(4 * maxKindSpanSlots, 4);
let slotCount = 0;
let areAll = false;

/** Adds a slot whose value goes by the kind and is asked for by nothing else; its bit is that of its place. */
export function addKindSpanSlot(slot: i32): void {
  store<i32>(slots + ((<usize>slotCount) << 2), slot);
  slotCount++;
}

/** Says that the slots which were added are all that make a kind. */
export function closeKindSpanSlots(): void {
  areAll = slotCount > 0;
}

/** Reads the piece at `at`, where it is one that began at the node before; gives its record, 0 where it is none. */
export function recallKind(node: i32, at: usize): usize {
  const first = candidatesOf(node);
  tried++;
  for (let place = first; place < first + candidatesBytes; place += 4) {
    const span = load<usize>(place);
    if (span === 0) return 0;
    const length = lengthOfSpan(span);
    if (!equalBytes(span + header, at, length) || !isEnd(load<u8>(at + length))) continue;
    right++;
    if (place > first) swap(place - 4, place);
    tell(span);
    return span;
  }
  return 0;
}

/** The kind of rows that have the piece, −1 where no row had it yet. */
export function kindOfSpan(span: usize): i32 {
  return load<i32>(span, kindOf) - 1;
}

export function setKindOfSpan(span: usize, kind: i32): void {
  store<i32>(span, kind + 1, kindOf);
}

/** Keeps what was read between two nodes. @param mask bits of the slots that were. */
export function keepKindSpan(before: i32, start: usize, end: usize, behind: i32, mask: i32): void {
  if (tried > trial && 2 * right < tried) return;
  const length = <i32>(end - start);
  let span = spans.find(before, start, length, hashOf(start, length, before));
  // The same bytes at the same node end at another one where a value of theirs is cut otherwise.
  if (span !== 0 && nodeBehind(span) !== behind) return;
  if (span === 0) {
    span = spans.add(before, start, length);
    if (span === 0) return;
    setNodeBehind(span, behind);
    store<i32>(span, mask, maskOf);
    for (let i = 0; i < slotCount; i++) {
      store<i32>(span + codesOf + ((<usize>i) << 2), codeAt(load<i32>(slots + ((<usize>i) << 2))));
    }
  }
  if (isWhole(span)) setKindSpan(span);
  put(before, span);
}

/** Puts what the piece says into the row. */
function tell(span: usize): void {
  const whole = isWhole(span);
  if (whole) setKindSpan(span);
  // The kind is all that its values are for.
  if (whole && kindOfSpan(span) >= 0) return;
  const mask = load<i32>(span, maskOf);
  for (let i = 0; i < slotCount; i++) {
    if ((mask & (1 << i)) === 0) continue;
    setCode(load<i32>(slots + ((<usize>i) << 2)), load<i32>(span + codesOf + ((<usize>i) << 2)));
  }
}

/** Whether the piece tells the whole kind. */
function isWhole(span: usize): bool {
  return areAll && load<i32>(span, maskOf) === (1 << slotCount) - 1;
}

/** Where a number that the piece ends with has ended, too. */
function isEnd(byte: u8): bool {
  return byte === 0x2c || byte === 0x7d || byte <= 0x20;
}

function candidatesOf(node: i32): usize {
  candidates.stretch((node + 1) * candidatesBytes);
  return candidates.start + <usize>node * candidatesBytes;
}

/** In the first free place, or in the last one. */
function put(node: i32, span: usize): void {
  let place = candidatesOf(node);
  const last = place + candidatesBytes - 4;
  while (place < last && load<usize>(place) !== 0) place += 4;
  store<usize>(place, span);
}

function swap(a: usize, b: usize): void {
  const one = load<usize>(a);
  store<usize>(a, load<usize>(b));
  store<usize>(b, one);
}
