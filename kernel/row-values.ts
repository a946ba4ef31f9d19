/** Slots of a definition at most; one more stands for what it has not. */
export const maxSlots = 65;

/** What the row at hand says, by slot: codes of texts, 0 for none, and numbers, NaN for none. */
export const codes = memory.data(4 * 68, 16);
export const numbers = memory.data(8 * 68, 16);

/** The pair's record in `pairs`, where creator and item were read as one; 0 where not. */
export let pair: usize = 0;

/** The user's span in `userSpans`, where it was recalled and tells the whole profile; 0 where not. */
export let profileSpan: usize = 0;

export function setPair(record: usize): void {
  pair = record;
}

export function setProfileSpan(record: usize): void {
  profileSpan = record;
}

let slots: i32 = 0;

/** How many slots the definition has. */
export function setSlots(count: i32): void {
  slots = count;
  clearRow();
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
  for (let i = 0; i <= slots; i += 4) {
    v128.store(codes + ((<usize>i) << 2), nothing);
    v128.store(numbers + ((<usize>i) << 3), none);
    v128.store(numbers + ((<usize>i) << 3), none, 16);
  }
  pair = 0;
  profileSpan = 0;
}
