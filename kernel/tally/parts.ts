import { List } from './list.ts';
import { Tuples } from './tuples.ts';

/*
 * Events by user, session, day, plan and profile. A record is the sum of durations, a double, then numbers of four bytes: the five of the
 * key, then as `partNumbers` of the host says, last count and time of the last for each role; as few cache lines as they fill. Times
 * are milliseconds of the day, -1 for none. A slice has fewer than 2^31 bytes, and so of all that is counted.
 */
const duration = 0;
const user = 8;
const session = 12;
const day = 16;
const plan = 20;
const profile = 24;
const events = 28;
const nightEvents = 32;
const firstTime = 36;
const lastTime = 40;
const orderTime = 44;
const orderSequence = 48;
const firstRole = 52;

const keys = new Tuples(5);
const parts = new List();
/** What `layOut` laid out. */
export const partColumns = new List();
const key = memory.data(20, 16);
let numbers: i32 = (firstRole - user) >> 2;
let rowBytes: i32 = 64;

export function setRoles(roles: i32): void {
  numbers = ((firstRole - user) >> 2) + 2 * roles;
  rowBytes = (firstRole + 8 * roles + 63) & ~63;
}

/** The number of a part. @param guess the one that it may be, or −1. */
export function partOf(
  guess: i32,
  ofUser: i32,
  ofSession: i32,
  ofDay: i32,
  ofPlan: i32,
  ofProfile: i32,
): i32 {
  if (guess >= 0) {
    const row = rowOf(guess);
    if (
      load<i32>(row, session) === ofSession &&
      load<i32>(row, day) === ofDay &&
      load<i32>(row, plan) === ofPlan &&
      load<i32>(row, profile) === ofProfile
    ) {
      return guess;
    }
  }
  store<i32>(key, ofUser);
  store<i32>(key, ofSession, 4);
  store<i32>(key, ofDay, 8);
  store<i32>(key, ofPlan, 12);
  store<i32>(key, ofProfile, 16);
  const part = keys.find(key);
  if (parts.bytes === <u32>part * rowBytes) {
    const row = parts.push(rowBytes);
    memory.fill(row, 0, rowBytes);
    memory.copy(row + user, key, 20);
    store<i32>(row, -1, firstTime);
    store<i32>(row, -1, lastTime);
    store<i32>(row, -1, orderTime);
    for (let role = firstRole; role < user + 4 * numbers; role += 8) store<i32>(row + role, -1, 4);
  }
  return part;
}

/**
 * Adds an event.
 * @param time milliseconds of the day.
 * @param roles, roleCount the roles that its action plays, numbers of four bytes.
 * @returns the sum of durations.
 */
export function addEvent(
  part: i32,
  time: i32,
  sequence: f64,
  length: f64,
  isNight: bool,
  isLoss: bool,
  roles: usize,
  roleCount: i32,
): f64 {
  const row = rowOf(part);
  if (!isLoss) {
    count(row + events);
    if (isNight) count(row + nightEvents);
  }
  if (length > 0) store<f64>(row, load<f64>(row, duration) + length, duration);
  // As unsigned numbers, −1 is the largest.
  if (<u32>time < load<u32>(row, firstTime)) store<i32>(row, time, firstTime);
  if (time > load<i32>(row, lastTime)) store<i32>(row, time, lastTime);
  const order = sequence > 0 ? <i32>Math.min(sequence, 65_535) : 0;
  const latest = load<i32>(row, orderTime);
  if (time > latest || (time === latest && order > load<i32>(row, orderSequence))) {
    store<i32>(row, time, orderTime);
    store<i32>(row, order, orderSequence);
  }
  for (let i = 0; i < roleCount; i++) {
    const role = row + firstRole + ((<usize>load<i32>(roles + ((<usize>i) << 2))) << 3);
    count(role);
    if (time > load<i32>(role, 4)) store<i32>(role, time, 4);
  }
  return load<f64>(row, duration);
}

/** Touches what most events of the part will change. */
export function fetchPart(part: i32): u32 {
  return load<u32>(rowOf(part));
}

/** Lays the parts out by column: the sums of durations, then each of the numbers. */
export function layOut(): void {
  const rows = parts.bytes / rowBytes;
  partColumns.clear();
  const durations = partColumns.push(rows * (8 + 4 * numbers));
  const columns = durations + 8 * rows;
  for (let i: u32 = 0; i < rows; i++) {
    const row = rowOf(i);
    store<f64>(durations + 8 * i, load<f64>(row, duration));
    for (let j = 0; j < numbers; j++) {
      store<i32>(columns + 4 * (<usize>j * rows + i), load<i32>(row + user + 4 * j));
    }
  }
}

export function clearParts(): void {
  keys.clear();
  parts.clear();
}

function rowOf(part: i32): usize {
  return parts.start + <usize>part * rowBytes;
}

function count(at: usize): void {
  store<i32>(at, load<i32>(at) + 1);
}
