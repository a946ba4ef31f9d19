import type { Listener, LogPlan } from '../population.ts';
import { offerTime } from '../scenario-world.ts';
import { copyWalk, step, type Walk, type World } from '../walk.ts';
import { isLoss } from './undying-chain.ts';

/** A user's part in the experiment, with what would have come of both ways; times in seconds since the epoch. */
export interface UserOffer {
  /** Index of the segment, from 0. */
  readonly segment: number;
  readonly isOffered: boolean;
  /** When the user is lost with the offer, and without it; undefined for one who would stay to the end of the log. */
  readonly lostWith?: number;
  readonly lostWithout?: number;
}

/**
 * The same listener with the offer and without: up to the offer both walks are one, and after it they share their chance
 * as long as they go alike. Undefined for one who is in no segment: not seen before the offer, lost before it, or none fits.
 */
export function offerOf({ walk }: Listener, world: World, plan: LogPlan): UserOffer | undefined {
  if (plan.scenario?.offer === undefined) return undefined;
  const [without, given] = [0, 1].map((treated) => {
    const end = copyWalk({ ...walk, treated });
    return { end, lost: lossTime(end, world, plan) };
  });
  const { from } = offerTime(plan.scenario);
  if (without.end.segment === 0 || (without.lost ?? from) < from) return undefined;
  return {
    segment: without.end.segment - 1,
    isOffered: walk.treated === 1,
    ...(given.lost === undefined ? {} : { lostWith: given.lost }),
    ...(without.lost === undefined ? {} : { lostWithout: without.lost }),
  };
}

/** Walks to the end of the log, or to the loss. */
function lossTime(walk: Walk, world: World, { end }: LogPlan): number | undefined {
  while (walk.time < end) {
    if (isLoss[walk.state]) return walk.time;
    step(walk, world);
  }
  return undefined;
}
