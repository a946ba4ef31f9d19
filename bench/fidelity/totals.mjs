import { targetsOf } from './targets.mjs';

const { full } = targetsOf();

/** Figures of the whole log beside the real full one's: `{name, target, simulated}` each, shares between 0 and 1. */
export async function compareTotals(events, { users, days }) {
  const [log] = await events.rows(logSql);
  const [all] = await events.rows(usersSql);
  const ofRows = (count, simulated) => ({ target: count / full.rows, simulated: simulated / log.rows });
  const perUserDay = (rows, n, time) => rows / n / time;
  const figures = [
    {
      name: 'rows a user and day',
      target: perUserDay(full.rows, full.users, full.days),
      simulated: perUserDay(log.rows, users, days),
    },
    { name: 'share of users lost', target: full.lost / full.users, simulated: all.lost / users },
    {
      name: 'losses per 1,000 hours',
      target: full.lossesPer1000Hours,
      simulated: (1e3 * all.lost) / all.hours,
    },
    {
      name: 'losses per 1,000 sessions',
      target: full.lossesPer1000Sessions,
      simulated: (1e3 * all.lost) / all.sessions,
    },
    { name: 'rows paid', ...ofRows(full.levels.paid, log.paid) },
    { name: 'rows by PUT', ...ofRows(full.methods.PUT, log.put) },
    { name: 'rows with status 307', ...ofRows(full.statuses['307'], log.redirected) },
    { name: 'rows with status 404', ...ofRows(full.statuses['404'], log.failed) },
    { name: 'rows without a song', ...ofRows(full.withoutSong, log.without_song) },
    { name: 'rows without a user', ...ofRows(full.withoutUser, log.without_user) },
    { name: 'rows logged out', ...ofRows(full.auths['Logged Out'], log.logged_out) },
    { name: 'rows of guests', ...ofRows(full.auths.Guest, log.guest) },
    { name: 'mean seconds of a song', target: full.meanSongSeconds, simulated: log.song_seconds },
    { name: 'mean item in session', target: full.meanItemInSession, simulated: log.mean_item },
    { name: 'share of women', target: full.genders.F / full.users, simulated: all.women / users },
    {
      name: 'users registered after their first event, per 1,000',
      target: (1e3 * full.registeredAfterFirstEvent) / full.users,
      simulated: (1e3 * all.late) / users,
    },
    ...shares('lost, of users ', full.lossShareByPlan, await lostByPlan(events)),
    ...shares('losses that follow on ', full.lossesAfterPage, await lossesAfter(events)),
  ];
  return users === full.users && days === full.days ? [...figures, ...sizes(log)] : figures;
}

/** What grows with the log in no simple way, and so is compared with one of the same size alone. */
function sizes(log) {
  return [
    { name: 'distinct artists', target: full.artists, simulated: log.artists },
    { name: 'distinct songs', target: full.songs, simulated: log.songs },
    { name: 'distinct locations', target: full.locations, simulated: log.locations },
    { name: 'distinct user agents', target: full.userAgents, simulated: log.user_agents },
    { name: 'largest item in session', target: full.largestItemInSession, simulated: log.largest_item },
  ];
}

function shares(prefix, target, simulated) {
  return Object.entries(target).map(([key, share]) => ({
    name: prefix + key,
    target: share,
    simulated: simulated[key],
  }));
}

const logSql = `SELECT count(*) AS rows, count(*) FILTER (level = 'paid') AS paid,
  count(*) FILTER (method = 'PUT') AS put, count(*) FILTER (status = 307) AS redirected,
  count(*) FILTER (status = 404) AS failed, count(*) FILTER (artist IS NULL) AS without_song,
  count(*) FILTER (registration IS NULL) AS without_user, count(*) FILTER (auth = 'Logged Out') AS logged_out,
  count(*) FILTER (auth = 'Guest') AS guest, avg(length) AS song_seconds, avg(itemInSession) AS mean_item,
  max(itemInSession) AS largest_item, count(DISTINCT artist) AS artists, count(DISTINCT song) AS songs,
  count(DISTINCT location) AS locations, count(DISTINCT userAgent) AS user_agents FROM events`;

const usersSql = `SELECT sum(lost) AS lost, sum(sum_session_length_hours) AS hours, sum(session_count) AS sessions,
  count(*) FILTER (registration > first) AS late,
  (SELECT count(DISTINCT userId) FILTER (gender = 'F') FROM events) AS women FROM users`;

/**
 * The share lost of the users by their plan. "Back to free" can be read in two ways: by the last level, or by the
 * requests for both changes, which is the one that agrees.
 */
async function lostByPlan(events) {
  const [shares] = await events.rows(`
    SELECT avg(lost) FILTER (last_level = 'paid') AS "paid at last", avg(lost) FILTER (paid = 0) AS "never paid",
      avg(lost) FILTER (paid = 1 AND last_level = 'free') AS "paid, free at last",
      avg(lost) FILTER (submit_upgrade = 1 AND submit_downgrade_count > 0) AS "who upgraded and downgraded"
    FROM users`);
  return shares;
}

/** The share of losses by the page before the Cancel. */
async function lossesAfter(events) {
  const rows = await events.rows(`
    WITH cancels AS (SELECT userId, sessionId, itemInSession AS item, ts FROM events WHERE page = 'Cancel')
    SELECT page, count(*) / sum(count(*)) OVER () AS share FROM events
      JOIN cancels USING (userId, sessionId)
      WHERE itemInSession = item - 1 GROUP BY page`);
  return Object.fromEntries(rows.map(({ page, share }) => [page, share]));
}
