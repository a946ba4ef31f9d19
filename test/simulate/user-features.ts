import type { Listener, LogPlan } from '../../src/simulate/population.ts';
import { STATES, type State } from '../../src/simulate/states.ts';
import { step, type World } from '../../src/simulate/walk.ts';

export interface Row {
  readonly state: State;
  readonly session: number;
  readonly second: number;
  /** Of the song, in seconds; 0 for any other page. */
  readonly length: number;
}

/** The rows of one listener in a log, those that name no user among them. The walk is left at its end. */
export function rowsOf({ walk }: Listener, world: World, plan: LogPlan): readonly Row[] {
  const rows: Row[] = [];
  let goesOn = true;
  while (goesOn && walk.time < plan.end) {
    const state = STATES[walk.state];
    const length = state.page === 'NextSong' ? world.catalogue.lengths[walk.song] / 1e5 : 0;
    rows.push({ state, session: walk.session, second: walk.time, length });
    goesOn = step(walk, world);
  }
  return rows;
}

const COUNTED = {
  submit_downgrade: 'Submit Downgrade',
  thumbs_down: 'Thumbs Down',
  home: 'Home',
  downgrade: 'Downgrade',
  advert: 'Roll Advert',
  save_settings: 'Save Settings',
  about: 'About',
  settings: 'Settings',
  add_playlist: 'Add to Playlist',
  add_friend: 'Add Friend',
  next_song: 'NextSong',
  thumbs_up: 'Thumbs Up',
  help: 'Help',
  upgrade: 'Upgrade',
  error: 'Error',
};

/**
 * The 47 features of a user over the whole log, by the names in which the real ones' quantiles were printed.
 *
 * @param rows those that name the user, at least one.
 */
export function userFeatures(rows: readonly Row[]): Readonly<Record<string, number>> {
  const pages = countBy(rows, ({ state }) => state.page);
  const requests = countBy(rows, ({ state }) => `${state.method} ${state.status}`);
  const begins = new Map<number, number>();
  for (const { session, second } of rows) if (!begins.has(session)) begins.set(session, second);
  const ends = new Map(rows.map(({ session, second }) => [session, second]));
  const seconds = [...begins].reduce((sum, [session, begin]) => sum + (ends.get(session) ?? 0) - begin, 0);
  const hours = seconds / 3600;
  const perHour = (n: number) => (hours > 0 ? n / hours : 0);
  const counts = Object.entries(COUNTED).map(([name, page]) => [name, pages.get(page) ?? 0] as const);
  const byName = Object.fromEntries(counts);
  const other = rows.length - byName.next_song - (pages.get('Cancellation Confirmation') ?? 0);
  const thumbs = byName.thumbs_up + byName.thumbs_down;
  return {
    ...Object.fromEntries(counts.map(([name, n]) => [`${name}_count`, n])),
    ...Object.fromEntries(counts.map(([name, n]) => [`${name}_rate`, perHour(n)])),
    count_items: rows.length,
    sum_length: rows.reduce((sum, { length }) => sum + length, 0),
    paid: Number(rows.some(({ state }) => state.level === 'paid')),
    submit_upgrade: Number(pages.has('Submit Upgrade')),
    session_count: begins.size,
    tenure_days: (rows[rows.length - 1].second - rows[0].second) / 86_400,
    non_song_interaction_count: other,
    PUT_200_count: requests.get('PUT 200') ?? 0,
    GET_200_count: requests.get('GET 200') ?? 0,
    PUT_307_count: requests.get('PUT 307') ?? 0,
    thumbs_up_pct: thumbs > 0 ? byName.thumbs_up / thumbs : 0,
    avg_items_session: rows.length / begins.size,
    avg_songs_session: byName.next_song / begins.size,
    sum_session_length_hours: hours,
    avg_session_length_hours: hours / begins.size,
    interaction_rate: perHour(rows.length),
    non_song_interaction_rate: perHour(other),
  };
}

export function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
