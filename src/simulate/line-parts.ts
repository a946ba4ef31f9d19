import { artistOf, type Catalogue } from './catalogue.ts';
import { nothing } from './line-writer.ts';
import { describePerson } from './people.ts';
import type { Listener, LogPlan } from './population.ts';
import { artistName, songTitle } from './songs.ts';
import { statesOf } from './states.ts';

/**
 * What rows are put together from, each part encoded once:
 * `{"ts":1538352117` + head of the user + `29` + the state + `50` + details of the user + the song + `}`.
 */
export interface LineParts {
  /** By state: from the session id to the item in the session. */
  readonly states: readonly Uint8Array[];
  /** By listener: from the milliseconds to the session id. */
  readonly heads: readonly Uint8Array[];
  /** The head of rows that name no user. */
  readonly anonymous: Uint8Array;
  /** By listener: location, browser, names, registration and gender; nothing for visitors. */
  readonly details: readonly Uint8Array[];
  /** Artist, song and length; encoded when the song is first played. */
  readonly songOf: (song: number) => Uint8Array;
}

export function lineParts(plan: LogPlan, listeners: readonly Listener[], catalogue: Catalogue): LineParts {
  const songs: Uint8Array[] = [];
  return {
    states: stateParts(plan),
    heads: listeners.map(({ account }) => userHead(account < 0 ? '' : userIdOf(plan, account))),
    anonymous: userHead(''),
    details: listeners.map((listener) => (listener.account < 0 ? nothing : userDetails(plan, listener))),
    songOf: (song) => {
      songs[song] ??= songPart(catalogue, song);
      return songs[song];
    },
  };
}

function userHead(userId: string): Uint8Array {
  return encode(`000,"userId":${JSON.stringify(userId)},"sessionId":`);
}

function stateParts({ scenario }: LogPlan): readonly Uint8Array[] {
  return statesOf(scenario).map(({ page, auth, method, status, level }) => {
    const fields = JSON.stringify({ page, auth, method, status, level });
    return encode(`,${fields.slice(1, -1)},"itemInSession":`);
  });
}

function userDetails(plan: LogPlan, { account, registration }: Listener): Uint8Array {
  const { location, userAgent, lastName, firstName, gender } = describePerson(plan.seed, account);
  const ms = registration * 1000;
  const fields = JSON.stringify({ location, userAgent, lastName, firstName, registration: ms, gender });
  return encode(`,${fields.slice(1, -1)}`);
}

function songPart(catalogue: Catalogue, song: number): Uint8Array {
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
