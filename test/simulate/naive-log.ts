import { artistOf, buildCatalogue } from '../../src/simulate/catalogue.ts';
import { userIdOf } from '../../src/simulate/line-parts.ts';
import { describePerson } from '../../src/simulate/people.ts';
import {
  arrivalCount,
  arrivals,
  type Listener,
  type LogPlan,
  member,
} from '../../src/simulate/population.ts';
import { artistName, songTitle } from '../../src/simulate/songs.ts';
import { type State, statesOf } from '../../src/simulate/states.ts';
import { step, type World } from '../../src/simulate/walk.ts';
import { buildWorld } from '../../src/simulate/world.ts';

export const catalogue = buildCatalogue();

export function worldOf(plan: LogPlan): World {
  return buildWorld(plan, catalogue);
}

export function listenersOf(plan: LogPlan): Listener[] {
  const world = worldOf(plan);
  const members = Array.from({ length: plan.users - arrivalCount(plan) }, (_, i) => member(plan, world, i));
  return [...members, ...arrivals(plan, world)];
}

/** The log as the plainest code makes it: all rows as objects, one sort, JSON.stringify. */
export function naiveLog(plan: LogPlan): string {
  const world = worldOf(plan);
  const states = statesOf(plan.scenario);
  const rows: { ts: number }[] = [];
  for (const listener of listenersOf(plan)) {
    const { walk } = listener;
    let goesOn = true;
    while (goesOn && walk.time < plan.end) {
      rows.push(row(plan, listener, states[walk.state]));
      goesOn = step(walk, world);
    }
  }
  rows.sort((a, b) => a.ts - b.ts);
  return rows.map((object) => `${JSON.stringify(object)}\n`).join('');
}

function row(
  plan: LogPlan,
  { walk, account, registration }: Listener,
  { auth, level, page, method, status }: State,
): { ts: number } {
  const named = auth === 'Logged In' || auth === 'Cancelled';
  const { location, userAgent, lastName, firstName, gender } = describePerson(plan.seed, account);
  return {
    ts: walk.time * 1000,
    ...{ userId: named ? userIdOf(plan, account) : '', sessionId: walk.session },
    ...{ page, auth, method, status, level, itemInSession: walk.itemInSession },
    ...(named && { location, userAgent, lastName, firstName, registration: registration * 1000, gender }),
    ...(page === 'NextSong' && {
      artist: artistName(artistOf(walk.song)),
      song: songTitle(walk.song),
      length: catalogue.lengths[walk.song] / 1e5,
    }),
  };
}
