import { zeros } from './blocks.ts';

/** Slots of a definition at most; one more stands for what it has not. */
export const maxSlots = 65;

/** Rows that are read before the first of them is added. */
export const batchRows = 32;

/*
 * What the rows of a batch say. A row has numbers by slot, NaN for none, then codes of texts by slot, 0 for none, then what it knows of
 * its creator and item, of its user and of its kind.
 */
let rows: usize = 0;
/** From a row of the batch to the next one. */
export let rowBytes: i32 = 0;
let numbersBytes: i32 = 0;
let slots: i32 = 0;

/** Of the row at hand. */
export let numbers: usize = 0;
export let codes: usize = 0;

/** Of the row at hand: what is yet to be looked up, as `pairs.ts` and `line.ts` have it. */
export let pending: usize = 0;
export const pendingUser = 48;

const pendingBytes = 80;
const pairAt = 32;
const profileSpanAt = 36;
const kindSpanAt = 40;

/** How many slots the definition has. */
export function setSlots(count: i32): void {
  slots = (count + 4) & ~3;
  numbersBytes = slots << 3;
  rowBytes = (numbersBytes + (slots << 2) + pendingBytes + 63) & ~63;
  rows = zeros(rowBytes * batchRows);
  selectRow(0);
  clearRow();
}

/** Makes a row of the batch the one at hand. */
export function selectRow(row: i32): void {
  numbers = rows + row * rowBytes;
  codes = numbers + numbersBytes;
  pending = codes + (slots << 2);
}

/**
 * What is yet to be looked up for a row of the batch, for loops in which memory is fetched. WebAssembly has no instruction to
 * prefetch, but a processor has many loads under way at once as far as it sees ahead, some three hundred instructions: so such
 * loops do little else, and never look at what they load.
 */
export function pendingOf(row: i32): usize {
  return rows + row * rowBytes + numbersBytes + (slots << 2);
}

/** The pair's record in `pairs`, where creator and item were read as one; 0 where not. */
export function pairOfRow(): usize {
  return load<usize>(pending, pairAt);
}

export function setPair(record: usize): void {
  store<usize>(pending, record, pairAt);
}

/** The user's span, where it was recalled and tells the whole profile; 0 where not. */
export function profileSpanOfRow(): usize {
  return load<usize>(pending, profileSpanAt);
}

export function setProfileSpan(record: usize): void {
  store<usize>(pending, record, profileSpanAt);
}

/** The piece of the line that tells the whole kind; 0 where none does. */
export function kindSpanOfRow(): usize {
  return load<usize>(pending, kindSpanAt);
}

export function setKindSpan(record: usize): void {
  store<usize>(pending, record, kindSpanAt);
}

export function codeAt(slot: i32): i32 {
  return load<i32>(codes + ((<usize>slot) << 2));
}

export function setCode(slot: i32, code: i32): void {
  store<i32>(codes + ((<usize>slot) << 2), code);
}

export function numberAt(slot: i32): f64 {
  return load<f64>(numbers + ((<usize>slot) << 3));
}

export function setNumber(slot: i32, number: f64): void {
  store<f64>(numbers + ((<usize>slot) << 3), number);
}

export function clearRow(): void {
  const nothing = i32x4.splat(0);
  const none = f64x2.splat(NaN);
  for (let i = 0; i < slots; i += 4) {
    v128.store(codes + ((<usize>i) << 2), nothing);
    v128.store(numbers + ((<usize>i) << 3), none);
    v128.store(numbers + ((<usize>i) << 3), none, 16);
  }
  v128.store(pending, nothing);
  v128.store(pending, nothing, 16);
  v128.store(pending, nothing, 32);
  v128.store(pending, nothing, 48);
  v128.store(pending, nothing, 64);
}
