import { List } from './list.ts';
import { Tuples } from './tuples.ts';

/*
 * Events by user, session, day, plan and profile: rows of doubles, the five first, then as `partColumns` of the host says, last count and
 * time of the last for each role.
 */
const user = 0;
const session = 8;
const day = 16;
const plan = 24;
const profile = 32;
const events = 40;
const nightEvents = 48;
const duration = 56;
const firstTime = 64;
const lastTime = 72;
const orderTime = 80;
const orderSequence = 88;
const firstRole = 96;

const keys = new Tuples(5);
export const parts = new List();
const key = memory.data(20, 16);
let rowBytes: i32 = firstRole;

export function setRoles(roles: i32): void {
  rowBytes = firstRole + 16 * roles;
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
      load<f64>(row, session) === <f64>ofSession &&
      load<f64>(row, day) === <f64>ofDay &&
      load<f64>(row, plan) === <f64>ofPlan &&
      load<f64>(row, profile) === <f64>ofProfile
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
    store<f64>(row, <f64>ofUser, user);
    store<f64>(row, <f64>ofSession, session);
    store<f64>(row, <f64>ofDay, day);
    store<f64>(row, <f64>ofPlan, plan);
    store<f64>(row, <f64>ofProfile, profile);
    store<f64>(row, Infinity, firstTime);
    store<f64>(row, -1, lastTime);
    store<f64>(row, -1, orderTime);
    for (let role = firstRole; role < rowBytes; role += 16) store<f64>(row + role, -1, 8);
  }
  return part;
}

/**
 * Adds an event.
 * @param roles, roleCount the roles that its action plays, numbers of four bytes.
 * @returns the sum of durations.
 */
export function addEvent(
  part: i32,
  time: f64,
  sequence: f64,
  length: f64,
  isNight: bool,
  isLoss: bool,
  roles: usize,
  roleCount: i32,
): f64 {
  const row = rowOf(part);
  if (!isLoss) {
    add(row + events, 1);
    if (isNight) add(row + nightEvents, 1);
  }
  if (length > 0) add(row + duration, length);
  if (time < load<f64>(row, firstTime)) store<f64>(row, time, firstTime);
  if (time > load<f64>(row, lastTime)) store<f64>(row, time, lastTime);
  const order = sequence > 0 ? Math.min(sequence, 65_535) : 0;
  const latest = load<f64>(row, orderTime);
  if (time > latest || (time === latest && order > load<f64>(row, orderSequence))) {
    store<f64>(row, time, orderTime);
    store<f64>(row, order, orderSequence);
  }
  for (let i = 0; i < roleCount; i++) {
    const role = row + firstRole + ((<usize>load<i32>(roles + ((<usize>i) << 2))) << 4);
    add(role, 1);
    if (time > load<f64>(role, 8)) store<f64>(role, time, 8);
  }
  return load<f64>(row, duration);
}

/** Touches what an event of the part will change. */
export function fetchPart(part: i32): u32 {
  const row = rowOf(part);
  return load<u32>(row) + load<u32>(row, 64) + load<u32>(row, 128);
}

export function clearParts(): void {
  keys.clear();
  parts.clear();
}

function rowOf(part: i32): usize {
  return parts.start + <usize>part * rowBytes;
}

function add(at: usize, amount: f64): void {
  store<f64>(at, load<f64>(at) + amount);
}
