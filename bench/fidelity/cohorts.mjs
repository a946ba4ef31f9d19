import { userIdOf } from '../../dist/simulate/line-parts.js';
import { arrivalCount, arrivals, member } from '../../dist/simulate/population.js';
import { planLog } from '../../dist/simulate/simulate-options.js';
import { COHORTS } from '../../dist/simulate/transitions.js';
import { buildWorld } from '../../dist/simulate/world.js';
import { targetsOf } from './targets.mjs';

const { mini } = targetsOf();

/**
 * What each kind of listener does, beside the blocks of user ids of the real mini log that were taken for them: 152,
 * 24, 24 and 25 users, so the targets are rough. The kind is not in the log; the simulator is asked for it.
 */
export async function compareCohorts(events, options) {
  const listeners = listenersOf(planLog({ ...options, out: '' }));
  const ids = listeners.map(({ id }) => `'${id}'`);
  const kinds = listeners.map(({ cohort }) => cohort);
  const rows = await events.rows(`
    WITH kinds AS (SELECT unnest([${ids.join(',')}]) AS userId, unnest([${kinds.join(',')}]) AS kind)
    SELECT kind, count(*) AS users, avg(lost) AS lossShare, avg(session_count) AS sessionsAUser,
      1e3 * sum(lost) / sum(sum_session_length_hours) AS lossesPer1000Hours,
      1e3 * sum(lost) / sum(session_count) AS lossesPer1000Sessions,
      sum(thumbs_up_count) / sum(next_song_count) AS thumbsUpASong,
      sum(thumbs_down_count) / sum(next_song_count) AS thumbsDownASong,
      sum(advert_count) / sum(next_song_count) AS advertsASong
      FROM users JOIN kinds USING (userId) GROUP BY kind ORDER BY kind`);
  return rows.map(({ kind, ...simulated }) => {
    const { lost, users, ...target } = mini.cohorts[COHORTS[kind]];
    return { cohort: COHORTS[kind], target: { users, lossShare: lost / users, ...target }, simulated };
  });
}

function listenersOf(plan) {
  const world = buildWorld(plan);
  const count = plan.users - arrivalCount(plan);
  const members = Array.from({ length: count }, (_, account) => member(plan, world, account));
  return [...members, ...arrivals(plan, world)]
    .filter(({ account }) => account >= 0)
    .map(({ account, walk }) => ({ id: userIdOf(plan, account), cohort: walk.cohort }));
}
