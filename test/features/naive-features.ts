import type { Definition } from '../../src/definition/schema.ts';

/** An event of a user as it stands in the log. */
export interface NaiveEvent {
  readonly user: string;
  readonly time: number;
  readonly session: string;
  readonly action: string;
  readonly sequence: number;
  readonly plan: string | null;
  /** Seconds. */
  readonly length: number;
  readonly item: string | null;
  readonly creator: string | null;
  readonly registered: number | null;
  readonly gender: string | null;
  readonly agent: string | null;
}

const day = 86_400_000;
const windows: Readonly<Record<string, number>> = {
  '1d': 1,
  '3d': 3,
  '7d': 7,
  '14d': 14,
  '30d': 30,
  all: Infinity,
};

/** Every feature of one user as of the start of day `cutoff`, straight from the events; NaN is missing. */
export function naiveFeatures(
  log: readonly NaiveEvent[],
  cutoff: number,
  definition: Definition,
): Record<string, number> {
  const end = cutoff * day;
  const events = log.filter(({ time }) => time < end).toSorted(inOrder);
  const counted = events.filter(({ action }) => !definition.loss.actions.includes(action));
  const result: Record<string, number> = {};
  const within =
    (days: number, skip = 0) =>
    (time: number) => {
      const own = Math.floor(time / day);
      return own >= cutoff - days - skip && own < cutoff - skip;
    };
  const sessions = bySession(events);
  const begun = (days: number, skip = 0) =>
    sessions.filter(([first]) => within(days, skip)(first.time)).length;
  const inSessions = (days: number, skip = 0) =>
    sum(
      sessions.flatMap((session) =>
        session.flatMap(({ time }, i) =>
          i > 0 && within(days, skip)(time) ? [time - session[i - 1].time] : [],
        ),
      ),
    );
  const count = (test: (event: NaiveEvent) => boolean, days: number, skip = 0) =>
    counted.filter((event) => test(event) && within(days, skip)(event.time)).length;
  const activeDays = (days: number) =>
    new Set(events.filter(({ time }) => within(days)(time)).map(({ time }) => Math.floor(time / day))).size;
  const any = () => true;
  const isRole = (role: string) => (event: NaiveEvent) => definition.roles[role].includes(event.action);

  for (const [name, days] of Object.entries(windows)) {
    result[`events_${name}`] = count(any, days);
    if (days > 1) result[`active_days_${name}`] = activeDays(days);
    result[`sessions_${name}`] = begun(days);
    result[`session_hours_${name}`] = inSessions(days) / 3_600_000;
    for (const role of Object.keys(definition.roles)) result[`${role}_${name}`] = count(isRole(role), days);
    if (![7, 30, Infinity].includes(days)) continue;
    result[`hours_per_session_${name}`] = over(inSessions(days) / 3_600_000, begun(days));
    result[`events_per_session_${name}`] = over(count(any, days), begun(days));
    for (const role of Object.keys(definition.roles)) {
      result[`${role}_per_hour_${name}`] = over(count(isRole(role), days), inSessions(days) / 3_600_000);
    }
    const plays = count(isRole('play'), days);
    const played = events.filter(({ time }) => within(days)(time));
    result[`play_hours_${name}`] =
      sum(played.map(({ length }) => Math.round(length * 100_000))) / 360_000_000;
    result[`plays_per_session_${name}`] = over(plays, begun(days));
    for (const [things, of] of [
      ['creators', 'creator'],
      ['items', 'item'],
    ] as const) {
      const fresh = firstTimes(events, of).filter(within(days)).length;
      result[`new_${things}_${name}`] = fresh;
      result[`new_${things}_share_${name}`] = over(fresh, plays);
    }
    const likes = count(isRole('like'), days);
    result[`like_share_${name}`] = over(likes, likes + count(isRole('dislike'), days));
    result[`adverts_per_play_${name}`] = over(count(isRole('advert'), days), plays);
    const isPaid = ({ plan }: NaiveEvent) => definition.paidPlans.includes(plan ?? '');
    result[`paid_share_${name}`] = over(count(isPaid, days), count(any, days));
    if (days === 7) continue;
    const isNight = ({ time }: NaiveEvent) => new Date(time).getUTCHours() < 6;
    const isWeekend = ({ time }: NaiveEvent) => [0, 6].includes(new Date(time).getUTCDay());
    result[`night_share_${name}`] = over(count(isNight, days), count(any, days));
    result[`weekend_share_${name}`] = over(count(isWeekend, days), count(any, days));
  }

  result.active_days_share = over(activeDays(Infinity), cutoff - Math.floor(events[0].time / day));
  const gaps = secondsBetween(events);
  result.gap_hours_mean = over(sum(gaps), gaps.length) / 3600;
  result.gap_hours_sd = deviation(gaps) / 3600;
  const lastPlan = events.findLast(({ plan }) => plan !== null)?.plan ?? '';
  result.is_paid = Number(definition.paidPlans.includes(lastPlan));
  result.ever_paid = Number(counted.some(({ plan }) => definition.paidPlans.includes(plan ?? '')));
  result.days_since_last_event = (end - events[events.length - 1].time) / day;
  result.days_since_first_event = (end - events[0].time) / day;
  for (const role of ['play', 'like', 'dislike', 'advert', 'downgrade_visit', 'upgrade', 'downgrade']) {
    const last = events.findLast(isRole(role));
    result[`days_since_${role}`] = last === undefined ? Number.NaN : (end - last.time) / day;
  }
  for (const days of [7, 14]) {
    const compare = (name: string, measure: (days: number, skip?: number) => number) => {
      const [now, before] = [measure(days), measure(days, days)];
      result[`${name}_trend_${days}d`] = over(now - before, now + before);
    };
    compare('events', (n, skip) => count(any, n, skip));
    compare('sessions', begun);
    compare('session_time', inSessions);
    for (const role of ['play', 'like', 'dislike', 'advert'])
      compare(role, (n, skip) => count(isRole(role), n, skip));
  }
  const registered = Math.max(...events.map((event) => event.registered ?? -Infinity));
  result.tenure_days = registered > 0 && registered < end ? (end - registered) / day : Number.NaN;
  const genders = events.flatMap(({ gender }) => gender ?? []);
  result.is_female = genders.length === 0 ? Number.NaN : Number(genders.includes('F'));
  const agents = events.flatMap(({ agent }) => agent ?? []);
  const uses = (test: (agent: string) => boolean) =>
    agents.length === 0 ? Number.NaN : Number(agents.some(test));
  const isMobile = (agent: string) => /iPhone|iPad|Android/.test(agent);
  result.is_on_phone_or_tablet = uses((agent) => isMobile(agent) || agent.includes('Mobile'));
  result.is_on_windows = uses((agent) => !isMobile(agent) && agent.includes('Windows'));
  result.is_on_mac = uses(
    (agent) => !isMobile(agent) && !agent.includes('Windows') && agent.includes('Macintosh'),
  );
  result.is_on_linux = uses(
    (agent) => !isMobile(agent) && /Linux/.test(agent) && !/Windows|Macintosh/.test(agent),
  );
  return result;
}

function inOrder(a: NaiveEvent, b: NaiveEvent): number {
  return a.time - b.time || a.sequence - b.sequence || ((a.plan ?? '') < (b.plan ?? '') ? -1 : 1);
}

function bySession(events: readonly NaiveEvent[]): NaiveEvent[][] {
  const sessions = new Map<string, NaiveEvent[]>();
  for (const event of events) sessions.set(event.session, [...(sessions.get(event.session) ?? []), event]);
  return [...sessions.values()];
}

/** Whole seconds from the last event, on its day, of the session that began before, to a session's first event. */
function secondsBetween(events: readonly NaiveEvent[]): number[] {
  const visits = bySession(events).flatMap((session) =>
    [...new Set(session.map(({ time }) => Math.floor(time / day)))].map((own, i) => {
      const times = session.map(({ time }) => time).filter((time) => Math.floor(time / day) === own);
      return {
        session: session[0].session,
        isFirst: i === 0,
        first: times[0],
        last: times[times.length - 1],
      };
    }),
  );
  visits.sort((a, b) => a.first - b.first || (a.session < b.session ? -1 : 1));
  return visits.flatMap(({ isFirst, first }, i) =>
    isFirst && i > 0 ? [Math.floor(Math.max(first - visits[i - 1].last, 0) / 1000)] : [],
  );
}

function firstTimes(events: readonly NaiveEvent[], of: 'item' | 'creator'): number[] {
  const first = new Map<string, number>();
  for (const event of events) {
    const thing = event[of];
    if (thing !== null && !first.has(thing)) first.set(thing, event.time);
  }
  return [...first.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function over(numerator: number, denominator: number): number {
  return denominator === 0 ? Number.NaN : numerator / denominator;
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
