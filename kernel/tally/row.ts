import { mix } from './bytes.ts';
import * as definition from './definition.ts';
import { refuse } from './host.ts';
import { countHour } from './hours.ts';
import { kindOfSpan, setKindOfSpan } from './kind-spans.ts';
import * as kinds from './kinds.ts';
import { List } from './list.ts';
import { hashOfPair, trackOfPair } from './pairs.ts';
import { addEvent, partOf } from './parts.ts';
import { absent, countProfile, hashOfProfile, profileOf } from './profiles.ts';
import { tooLongDurations } from './refusal.ts';
import { codeAt, kindSpanOfRow, numberAt, pairOfRow, profileSpanOfRow } from './row-values.ts';
import { hashOfTrack, trackOf } from './tracks.ts';
import { Tuples } from './tuples.ts';
import { isSafeInteger, toMillis } from './units.ts';
import * as users from './users.ts';

export let accepted: i32 = 0;
export let anonymous: i32 = 0;
/** Rows with an empty user, and rows that have a sequence, a duration, an item, a creator. */
export let nameless: i32 = 0;
export let sequences: i32 = 0;
export let durations: i32 = 0;
export let items: i32 = 0;
export let creators: i32 = 0;

/** User, track and day of each play (four bytes each). */
export const plays = new List();
/** A hash of each row: equal rows have equal ones, whatever thread reads them. */
export const hashes = new List();
/** User and time of each loss, doubles. */
export const losses = new List();
/** User and hour of the day, user and kind: each once in the life of this module. */
export const userHours = new List();
export const userKinds = new List();

/** Pairs of user and kind of which a user's record has no bit. */
const rareKinds = new Tuples(2);
const rareKind = memory.data(16, 16);

const dayMillis: f64 = 86_400_000;
const hourMillis = 3_600_000;
/** Durations that add up to less are exact as doubles. */
const largestSum: f64 = 9007199254740991;

/** Adds the row whose values stand in `codes` and `numbers`. @returns false when they are not good, and nothing is added. */
export function addRow(): bool {
  const user = codeAt(definition.userSlot);
  const session = codeAt(definition.sessionSlot);
  const kindSpan = kindSpanOfRow();
  const knownKind = kindSpan === 0 ? -1 : kindOfSpan(kindSpan);
  if (user === 0 || session === 0 || (knownKind < 0 && !hasAction())) return false;
  const time = toMillis(numberAt(definition.timeSlot), definition.timeUnit);
  if (!(time >= definition.earliest && time < definition.latest)) return false;
  const sequence = numberAt(definition.sequenceSlot);
  const hasSequence = !Number.isNaN(sequence);
  if (hasSequence && !isSafeInteger(sequence)) return false;
  const duration = Math.round(numberAt(definition.durationSlot) * definition.durationScale);
  if (duration > definition.longestDuration) return false;
  const profile = profileOfRow();
  if (profile < 0) return false;
  const kind = knownKind < 0 ? kinds.kindOfRow() : knownKind;
  if (kindSpan !== 0) setKindOfSpan(kindSpan, kind);
  const record = kinds.recordOfKind(kind);
  const flags = kinds.flagsOf(record);
  const isAnonymous = (flags & kinds.isNobodyFlag) !== 0 || user === definition.emptyUser;
  kinds.countRow(record, isAnonymous);

  const creator = codeAt(definition.creatorSlot);
  const item = codeAt(definition.itemSlot);
  const pair = pairOfRow();
  const track = pair === 0 ? trackOf(creator, item) : trackOfPair(pair);
  const hasDuration = !Number.isNaN(duration);
  sequences += i32(hasSequence);
  durations += i32(hasDuration);
  items += i32(item !== 0);
  creators += i32(creator !== 0);
  nameless += i32(user === definition.emptyUser);

  const own = users.recordOf(user);
  let hash = mix(users.hashOfUser(own, user), users.hashOfSession(own, session));
  hash = mix(hash, reinterpret<u64>(time + 0));
  hash = mix(hash, reinterpret<u64>(hasSequence ? sequence + 0 : absent));
  hash = mix(hash, reinterpret<u64>(hasDuration ? duration + 0 : absent));
  hash = mix(hash, kinds.hashOfKind(record));
  hash = mix(hash, countProfileOfRow(profile));
  hash = mix(hash, pair === 0 ? hashOfTrack(track) : hashOfPair(pair));
  store<u64>(hashes.push(8), mix(hash, 0));
  if (isAnonymous) {
    anonymous++;
    return true;
  }
  accepted++;
  addToUser(own, user, session, time, sequence, duration, kind, profile, track);
  return true;
}

function hasAction(): bool {
  const action = codeAt(definition.actionSlot);
  return action !== 0 && action !== definition.emptyAction;
}

function addToUser(
  own: usize,
  user: i32,
  session: i32,
  time: f64,
  sequence: f64,
  duration: f64,
  kind: i32,
  profile: i32,
  track: i32,
): void {
  const record = kinds.recordOfKind(kind);
  const flags = kinds.flagsOf(record);
  const isLoss = (flags & kinds.isLossFlag) !== 0;
  const day = <i32>Math.floor(time / dayMillis);
  const timeOfDay = <i32>(time - <f64>day * dayMillis);
  const hour = timeOfDay / hourMillis;
  if (track > 0) {
    const play = plays.push(12);
    store<i32>(play, user);
    store<i32>(play, track, 4);
    store<i32>(play, day, 8);
  }
  countHour(day * 24 + hour, (flags & kinds.isPlayFlag) !== 0, isLoss);
  if (isLoss) {
    const loss = losses.push(16);
    store<f64>(loss, <f64>user);
    store<f64>(loss, time, 8);
  }
  if (users.meetHour(own, hour)) pushPair(userHours, user, hour);
  if (kind < 64 ? users.meetKind(own, kind) : meetRareKind(user, kind)) pushPair(userKinds, user, kind);
  const part = partOf(users.lastPart(own) - 1, user, session, day, kinds.planOf(record), profile);
  users.setLastPart(own, part);
  const sum = addEvent(
    part,
    timeOfDay,
    sequence,
    duration,
    hour < 6,
    isLoss,
    kinds.rolesOf(record),
    kinds.roleCountOf(record),
  );
  if (sum > largestSum) refuse(tooLongDurations);
}

/** Gives the profile's hash. */
function countProfileOfRow(profile: i32): u64 {
  const span = profileSpanOfRow();
  if (span !== 0) return users.countRowOfSpan(span);
  countProfile(profile, 1);
  return hashOfProfile(profile);
}

/** −1 where the registration is not good. */
function profileOfRow(): i32 {
  const profileSpan = profileSpanOfRow();
  if (profileSpan !== 0) {
    const known = users.profileOfSpan(profileSpan);
    if (known >= 0) return known;
  }
  const written = numberAt(definition.registeredSlot);
  let registered = absent;
  if (!Number.isNaN(written)) {
    registered = toMillis(written, definition.registeredUnit) + 0;
    if (!(registered >= definition.earliest && registered < definition.latest)) return -1;
  }
  const profile = profileOf(
    registered,
    codeAt(definition.genderSlot),
    codeAt(definition.locationSlot),
    codeAt(definition.agentSlot),
  );
  if (profileSpan !== 0) users.setProfileOfSpan(profileSpan, profile);
  return profile;
}

function meetRareKind(user: i32, kind: i32): bool {
  store<i32>(rareKind, user);
  store<i32>(rareKind, kind, 4);
  const known = rareKinds.count;
  return rareKinds.find(rareKind) === known;
}

function pushPair(list: List, a: i32, b: i32): void {
  const at = list.push(8);
  store<i32>(at, a);
  store<i32>(at, b, 4);
}

/** Forgets what was counted, but for what gives codes their meaning, and which pairs were told. */
export function clearCounts(): void {
  accepted = 0;
  anonymous = 0;
  nameless = 0;
  sequences = 0;
  durations = 0;
  items = 0;
  creators = 0;
  plays.clear();
  hashes.clear();
  losses.clear();
  userHours.clear();
  userKinds.clear();
}
