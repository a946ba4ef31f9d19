import { row } from '../ingest/row.ts';

export const day = 86_400_000;
export const hour = 3_600_000;
const minute = 60_000;

/** Midnight of Monday, 1 October 2018. */
export const monday = Date.UTC(2018, 9, 1);

const nothingPlayed = { artist: null, song: null, length: null };

const ann = { userId: 'ann', gender: 'F', level: 'paid', registration: Date.UTC(2018, 8, 1) };
const bob = {
  userId: 'bob',
  sessionId: 1,
  level: 'free',
  registration: Date.UTC(2018, 7, 15),
  location: 'New York-Newark-Jersey City, NY-NJ-PA',
  userAgent:
    '"Mozilla/5.0 (iPhone; CPU iPhone OS 7_1_2 like Mac OS X) AppleWebKit/537.51.2 (KHTML, like Gecko) Version/7.0 Mobile/11D257 Safari/9537.53"',
};
const unknown = { gender: null, location: null, userAgent: null, registration: null };

/** Ann, who leaves; Bob, who listens over midnight; Cat, of whom little is known; and nobody. */
export const tinyLog: readonly string[] = [
  row({ ...ann, ts: monday + 8 * hour, sessionId: 1, artist: 'A', song: 'X' }),
  row({ ...ann, ts: monday + 8 * hour + 10 * minute, sessionId: 1, artist: 'B', song: 'Y' }),
  row({
    ...ann,
    ts: monday + 8 * hour + 15 * minute,
    sessionId: 1,
    page: 'Thumbs Up',
    status: 307,
    ...nothingPlayed,
  }),
  row({
    ...ann,
    ts: monday + 2 * day + 9 * hour,
    sessionId: 2,
    page: 'Cancellation Confirmation',
    auth: 'Cancelled',
    method: 'GET',
    ...nothingPlayed,
  }),
  row({ ...bob, ts: monday + 5 * day + 23.5 * hour, artist: 'A', song: 'X' }),
  row({ ...bob, ts: monday + 6 * day + 0.5 * hour, artist: 'A', song: 'Z' }),
  row({
    ...unknown,
    userId: 'cat',
    ts: monday + 6 * day + 12 * hour,
    sessionId: 9,
    level: 'free',
    artist: 'B',
    song: 'Y',
  }),
  row({
    ...unknown,
    userId: '',
    ts: monday + 8 * hour,
    sessionId: 5,
    page: 'Home',
    auth: 'Logged Out',
    method: 'GET',
    level: 'free',
    ...nothingPlayed,
  }),
];
