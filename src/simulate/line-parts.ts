import { artistOf, type Catalogue } from './catalogue.ts';
import { describePerson } from './people.ts';
import type { Listener, LogPlan } from './population.ts';
import { artistName, songTitle } from './songs.ts';
import { STATES } from './states.ts';

/*
 * A row is put together from parts that are encoded once:
 * {"ts":1538352117 + head of its user + 29 + page of its state + 50 + details of its user + its song + }\n
 */

/** From the milliseconds to the session id: `000,"userId":"30","sessionId":`. */
export function userHead(userId: string): Uint8Array {
  return encode(`000,"userId":${JSON.stringify(userId)},"sessionId":`);
}

/** From the session id to the item in the session, of each state. */
export function stateParts(): readonly Uint8Array[] {
  return STATES.map(({ page, auth, method, status, level }) => {
    const fields = JSON.stringify({ page, auth, method, status, level });
    return encode(`,${fields.slice(1, -1)},"itemInSession":`);
  });
}

/** What rows of a state that bears the account say of the user: location, browser, names, registration, gender. */
export function userDetails(plan: LogPlan, { account, registration }: Listener): Uint8Array {
  const { location, userAgent, lastName, firstName, gender } = describePerson(plan.seed, account);
  const ms = registration * 1000;
  const fields = JSON.stringify({ location, userAgent, lastName, firstName, registration: ms, gender });
  return encode(`,${fields.slice(1, -1)}`);
}

/** Artist, song and length of a song. */
export function songPart(catalogue: Catalogue, song: number): Uint8Array {
  const artist = artistName(artistOf(song));
  const title = songTitle(song);
  const length = catalogue.lengths[song] / 1e5;
  return encode(`,"artist":${JSON.stringify(artist)},"song":${JSON.stringify(title)},"length":${length}`);
}

/**
 * The id of an account: seven digits that say nothing about when or how the user came. Up to 8,999,999 users.
 */
export function userIdOf(plan: LogPlan, account: number): string {
  return String(1_000_000 + ((account * ID_STRIDE + (plan.seed % ID_MODULUS) + ID_MODULUS) % ID_MODULUS));
}

/** The largest prime below 9,000,000, and a stride that it does not divide. */
const ID_MODULUS = 8_999_993;
const ID_STRIDE = 3_442_181;

/** Small buffers share a pool of Node's, which a quarter of a million songs would miss if each had its own. */
function encode(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
