const pages = {
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
 * Makes the tables `sessions` and `users` of the events that name a user: a row a user with the 47 features of its
 * whole history under the names in which the real ones were printed, and what the other comparisons need. An hour is
 * one of listening: sessions from their first to their last event, added up; without any, what is counted by the hour
 * is 0. `non_song_interaction_count` leaves the confirmation of a cancellation out, `count_items` does not.
 */
export async function makeUsers(events) {
  await events.run(sessionsSql);
  await events.run(usersSql);
}

const names = Object.keys(pages);
const counts = names.map((name) => `count(*) FILTER (page = '${pages[name]}') AS ${name}_count`);

const sessionsSql = `CREATE TABLE sessions AS
  SELECT userId, sessionId, min(ts) AS began, max(ts) AS ended, count(*) AS items, sum(length) AS seconds,
    bool_or(level = 'paid') AS paid, arg_max(level, ts) AS last_level, min(registration) AS registration,
    count(*) FILTER (page = 'Submit Upgrade') AS upgrades,
    count(*) FILTER (page = 'Cancellation Confirmation') AS losses,
    count(*) FILTER (method = 'PUT' AND status = 200) AS PUT_200_count,
    count(*) FILTER (method = 'GET' AND status = 200) AS GET_200_count,
    count(*) FILTER (method = 'PUT' AND status = 307) AS PUT_307_count,
    ${counts.join(',\n    ')}
  FROM events WHERE auth IN ('Logged In', 'Cancelled') GROUP BY userId, sessionId`;

const perHour = (value) => `coalesce(${value} / nullif(hours, 0), 0)`;
const rates = names.map((name) => `${perHour(`${name}_count`)} AS ${name}_rate`);

const usersSql = `CREATE TABLE users AS
  WITH totals AS (
    SELECT userId, max(losses)::INTEGER AS lost, arg_max(last_level, began) AS last_level,
      min(registration) AS registration, min(began) AS first, max(ended) AS last,
      sum(items)::DOUBLE AS count_items, coalesce(sum(seconds), 0) AS sum_length,
      bool_or(paid)::INTEGER AS paid, count(*)::DOUBLE AS session_count,
      (sum(upgrades) > 0)::INTEGER AS submit_upgrade,
      (max(ended) - min(began)) / 864e5 AS tenure_days, sum(ended - began) / 36e5 AS hours,
      sum(PUT_200_count)::DOUBLE AS PUT_200_count, sum(GET_200_count)::DOUBLE AS GET_200_count,
      sum(PUT_307_count)::DOUBLE AS PUT_307_count,
      sum(items)::DOUBLE - sum(next_song_count) - max(losses) AS non_song_interaction_count,
      ${names.map((name) => `sum(${name}_count)::DOUBLE AS ${name}_count`).join(',\n      ')}
    FROM sessions GROUP BY userId)
  SELECT * EXCLUDE hours, hours AS sum_session_length_hours, hours / session_count AS avg_session_length_hours,
    coalesce(thumbs_up_count / nullif(thumbs_up_count + thumbs_down_count, 0), 0) AS thumbs_up_pct,
    count_items / session_count AS avg_items_session, next_song_count / session_count AS avg_songs_session,
    ${perHour('count_items')} AS interaction_rate,
    ${perHour('non_song_interaction_count')} AS non_song_interaction_rate,
    ${rates.join(',\n    ')}
  FROM totals`;
