import { reserve } from './blocks.ts';
import { areEqual, equalBytes, firstBytes, hashOf } from './bytes.ts';
import { areKindsOfUser, sessionSlot, userSlot } from './definition.ts';
import { List } from './list.ts';
import { fetchPart } from './parts.ts';
import { countProfile, hashOfProfile } from './profiles.ts';
import { codeAt, numberAt, setCode, setNumber, setProfileSpan } from './row-values.ts';
import { lengthOfSpan, nodeBehind, Spans, setNodeBehind } from './spans.ts';
import { hashOfMeaning } from './texts.ts';

/*
 * What is known of a user from the lines before, by the user's code: 64 bytes, a cache line. The user's last session (16 bytes, length,
 * code) is likely that of the next row; so are what the line says of the user, keys and all (span, node before it), and
 * the part that the last row went to. Behind them hours of the day and kinds of rows, a bit each, and hashes of what
 * the user and the last session mean.
 */
const userBytes = 6;
const list = new List();

/**
 * A user's span, behind length, tag and node behind it: bits of its slots, profile + 1, address of code and number of each slot, hash of
 * the profile, rows of it that are not counted yet; its bytes.
 */
const maskOf = 12;
const profileOf = 16;
const valuesOf = 20;
const hashAt = 24;
const rowsOf = 32;
const spanHeader = 48;
const spans = new Spans(spanHeader);
/** All of them. */
const spanList = new List();

const valueBytes = 4;
const maxValues = 4;

/** Spans that are met again on less than half of the lines are no longer kept. */
const trial = 4096;
let tried = 0;
let right = 0;

/** The slots whose values go by the user. */
const slots = memory.data(4 * maxValues, 4);
let slotCount = 0;

/** Adds a slot whose values go by the user; its bit is that of its place. */
export function addUserSlot(slot: i32): void {
  store<i32>(slots + ((<usize>slotCount) << 2), slot);
  slotCount++;
}

/** The record of a user; valid until another one is asked for. */
export function recordOf(user: i32): usize {
  const end = (<u32>user + 1) << userBytes;
  if (end > list.bytes) list.stretch(end);
  return list.start + end - (1 << userBytes);
}

/** Touches what a line of this user will be compared with. */
export function fetchSpan(user: i32): u32 {
  const span = load<usize>(recordOf(user), 24);
  return (
    load<u32>(span) + load<u32>(span, 64) + load<u32>(span, 128) + load<u32>(span, 192) + load<u32>(span, 256)
  );
}

/** Touches what an event of this user will most likely change. */
export function fetchPartOf(user: i32): u32 {
  const part = lastPart(recordOf(user)) - 1;
  return part < 0 ? 0 : fetchPart(part);
}

/** The code of the session that the user was in; 0 where that is another one. */
export function sessionAgain(user: i32, at: usize, length: i32): i32 {
  if (length > 16) return 0;
  const record = recordOf(user);
  if (load<i32>(record, 16) !== length || !areEqual(v128.load(record), firstBytes(at, length))) return 0;
  return load<i32>(record, 20);
}

export function keepSession(user: i32, at: usize, length: i32, code: i32): void {
  if (length > 16) return;
  const record = recordOf(user);
  v128.store(record, firstBytes(at, length));
  store<i32>(record, length, 16);
  store<i32>(record, code, 20);
  store<u64>(record, hashOfMeaning(sessionSlot, code), 56);
}

/** As `hashOfMeaning`, from the user's own cache line. */
export function hashOfUser(record: usize, user: i32): u64 {
  const known = load<u64>(record, 48);
  if (known !== 0) return known;
  const hash = hashOfMeaning(userSlot, user);
  store<u64>(record, hash, 48);
  return hash;
}

/** As `hashOfMeaning`, for the most part from the user's own cache line. */
export function hashOfSession(record: usize, session: i32): u64 {
  return load<i32>(record, 20) === session ? load<u64>(record, 56) : hashOfMeaning(sessionSlot, session);
}

/** Reads the span of the user's line before, where it stands at `at` again; gives its record, 0 where it does not. */
export function recall(user: i32, node: i32, at: usize): usize {
  const record = recordOf(user);
  const span = load<usize>(record, 24);
  if (span === 0 || load<i32>(record, 28) !== node) return 0;
  tried++;
  if (!equalBytes(span + spanHeader, at, lengthOfSpan(span))) return 0;
  right++;
  const mask = load<i32>(span, maskOf);
  const isProfile = mask === (1 << slotCount) - 1;
  if (isProfile) setProfileSpan(span);
  // The profile is all that its values are for, but where kinds are made of them.
  if (isProfile && profileOfSpan(span) >= 0 && !areKindsOfUser) return span;
  for (let i = 0; i < slotCount; i++) {
    if ((mask & (1 << i)) === 0) continue;
    const slot = load<i32>(slots + ((<usize>i) << 2));
    const values = valuesAt(span, i);
    setCode(slot, load<i32>(values));
    setNumber(slot, load<f64>(values, 8));
  }
  return span;
}

/** The profile that the span tells, −1 where no row had it yet. */
export function profileOfSpan(span: usize): i32 {
  return load<i32>(span, profileOf) - 1;
}

export function setProfileOfSpan(span: usize, profile: i32): void {
  store<i32>(span, profile + 1, profileOf);
  store<u64>(span, hashOfProfile(profile), hashAt);
}

/** As `countProfile`, in the cache line of the span; see `countRowsOfSpans`. */
export function countRowOfSpan(span: usize): u64 {
  store<u32>(span, load<u32>(span, rowsOf) + 1, rowsOf);
  return load<u64>(span, hashAt);
}

/** Counts with the profiles what was counted with the spans. */
export function countRowsOfSpans(): void {
  const end = spanList.start + spanList.bytes;
  for (let at = spanList.start; at < end; at += 4) {
    const span = load<usize>(at);
    const rows = load<u32>(span, rowsOf);
    if (rows === 0) continue;
    countProfile(profileOfSpan(span), rows);
    store<u32>(span, 0, rowsOf);
  }
}

function valuesAt(span: usize, place: i32): usize {
  return load<usize>(span, valuesOf) + ((<usize>place) << valueBytes);
}

/** Keeps what was read between two nodes. @param mask bits of the slots that were. */
export function keepSpan(user: i32, before: i32, start: usize, end: usize, behind: i32, mask: i32): void {
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
    store<usize>(span, reserve(maxValues << valueBytes), valuesOf);
    store<usize>(spanList.push(4), span);
    for (let i = 0; i < slotCount; i++) {
      const slot = load<i32>(slots + ((<usize>i) << 2));
      const values = valuesAt(span, i);
      store<i32>(values, codeAt(slot));
      store<f64>(values, numberAt(slot), 8);
    }
  }
  const record = recordOf(user);
  store<usize>(record, span, 24);
  store<i32>(record, before, 28);
}

/** The user's last part + 1; 0 for none. */
export function lastPart(record: usize): i32 {
  return load<i32>(record, 32);
}

export function setLastPart(record: usize, part: i32): void {
  store<i32>(record, part + 1, 32);
}

/** Marks one of 32 hours, or one of 64 kinds, as met; gives whether it was not before. */
export function meetHour(record: usize, hour: i32): bool {
  const hours = load<u32>(record, 36);
  store<u32>(record, hours | (1 << hour), 36);
  return ((hours >> hour) & 1) === 0;
}

export function meetKind(record: usize, kind: i32): bool {
  const kinds = load<u64>(record, 40);
  store<u64>(record, kinds | (1 << (<u64>kind)), 40);
  return ((kinds >> kind) & 1) === 0;
}

export function forgetParts(): void {
  const end = list.start + list.bytes;
  for (let record = list.start; record < end; record += 1 << userBytes) store<i32>(record, 0, 32);
}
