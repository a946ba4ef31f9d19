import { addKind } from './host.ts';
import { List } from './list.ts';
import { codeAt } from './row-values.ts';
import { Tuples } from './tuples.ts';

/*
 * What a row is, whoever's it is: the kinds of rows, told apart by the codes of some slots. A record is of 48 bytes: rows of users and
 * of nobody, hash, code of the plan, flags, roles and how many they are.
 */
const recordBytes = 48;
export const kinds = new List();

export const isLossFlag = 1;
export const isPlayFlag = 2;
export const isNobodyFlag = 4;

const maxKindSlots = 64;
const slots = memory.data(4 * maxKindSlots, 4);
const key = memory.data(4 * maxKindSlots + 16, 4);
let slotCount = 0;
let tuples: Tuples = new Tuples(0);

/** Adds a slot that makes a kind; all must be there before the first line. */
export function addKindSlot(slot: i32): void {
  store<i32>(slots + ((<usize>slotCount) << 2), slot);
  slotCount++;
  tuples = new Tuples(slotCount);
}

/** The record of the row's kind. */
export function kindOfRow(): i32 {
  for (let i = 0; i < slotCount; i++) {
    store<i32>(key + ((<usize>i) << 2), codeAt(load<i32>(slots + ((<usize>i) << 2))));
  }
  const kind = tuples.find(key);
  if (<u32>kind * recordBytes === kinds.bytes) {
    kinds.stretch(<u32>(kind + 1) * recordBytes);
    addKind(kind);
  }
  return kind;
}

/** What the host says of a kind; its roles are numbers of four bytes. */
export function keepKind(
  kind: i32,
  low: i32,
  high: i32,
  plan: i32,
  flags: i32,
  roles: usize,
  roleCount: i32,
): void {
  const record = recordOfKind(kind);
  store<i32>(record, low, 16);
  store<i32>(record, high, 20);
  store<i32>(record, plan, 24);
  store<i32>(record, flags, 28);
  store<usize>(record, roles, 32);
  store<i32>(record, roleCount, 36);
}

export function recordOfKind(kind: i32): usize {
  return kinds.start + <usize>kind * recordBytes;
}

export function countRow(record: usize, isAnonymous: bool): void {
  const at = record + ((<usize>isAnonymous) << 3);
  store<f64>(at, load<f64>(at) + 1);
}

export function hashOfKind(record: usize): u64 {
  return load<u64>(record, 16);
}

export function planOf(record: usize): i32 {
  return load<i32>(record, 24);
}

export function flagsOf(record: usize): i32 {
  return load<i32>(record, 28);
}

export function rolesOf(record: usize): usize {
  return load<usize>(record, 32);
}

export function roleCountOf(record: usize): i32 {
  return load<i32>(record, 36);
}

export function clearKindCounts(): void {
  const end = kinds.start + kinds.bytes;
  for (let record = kinds.start; record < end; record += recordBytes) memory.fill(record, 0, 16);
}
