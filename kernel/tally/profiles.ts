import { mix } from './bytes.ts';
import { agentSlot, genderSlot, locationSlot } from './definition.ts';
import { List } from './list.ts';
import { hashOfMeaning } from './texts.ts';
import { Tuples } from './tuples.ts';

/** No value that is a whole number: stands for none. */
export const absent: f64 = -0.5;

/** What a log says of a user on every row: registration (a double, in ms), codes of gender, location and agent. */
export const profiles = new Tuples(5);
/** By profile: its rows, and a hash of what it means. */
export const profileCounts = new List();
const key = memory.data(32, 16);

/** The number of a profile, from 0. @param registered `absent` for none. */
export function profileOf(registered: f64, gender: i32, location: i32, agent: i32): i32 {
  store<f64>(key, registered);
  store<i32>(key, gender, 8);
  store<i32>(key, location, 12);
  store<i32>(key, agent, 16);
  const profile = profiles.find(key);
  if (profileCounts.bytes === (<u32>profile) << 4) {
    const counts = profileCounts.push(16);
    let hash = mix(reinterpret<u64>(registered), hashOfMeaning(genderSlot, gender));
    hash = mix(hash, hashOfMeaning(locationSlot, location));
    store<f64>(counts, 0);
    store<u64>(counts, mix(hash, hashOfMeaning(agentSlot, agent)), 8);
  }
  return profile;
}

/** Counts rows of the profile. */
export function countProfile(profile: i32, rows: u32): void {
  const counts = profileCounts.start + ((<usize>profile) << 4);
  store<f64>(counts, load<f64>(counts) + <f64>rows);
}

export function hashOfProfile(profile: i32): u64 {
  return load<u64>(profileCounts.start + ((<usize>profile) << 4), 8);
}

export function clearProfileCounts(): void {
  const end = profileCounts.start + profileCounts.bytes;
  for (let counts = profileCounts.start; counts < end; counts += 16) store<f64>(counts, 0);
}
