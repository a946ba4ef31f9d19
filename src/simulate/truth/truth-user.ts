import { type Listener, type LogPlan, namesAccount } from '../population.ts';
import { copyWalk, step, type World } from '../walk.ts';
import { isLoss } from './undying-chain.ts';
import { offerOf, type UserOffer } from './user-offer.ts';

/** What no log shows of a user, and when the log shows them; times in seconds since the epoch. */
export interface TruthUser {
  readonly account: number;
  /** Index of the cohort. */
  readonly cohort: number;
  /** Mean time between two pages, in seconds. */
  readonly alpha: number;
  /** Mean time between two sessions, in seconds. */
  readonly beta: number;
  readonly registration: number;
  /** First and last event under the account. */
  readonly first: number;
  readonly last: number;
  /** When the user is lost; undefined for one who stays to the end of the log. */
  readonly lost?: number;
  /** The user's part in the scenario's experiment. */
  readonly offer?: UserOffer;
}

/** Walks a listener who shows their account through the log. */
export function describeUser(listener: Listener, world: World, plan: LogPlan): TruthUser {
  const { account, registration } = listener;
  const walk = copyWalk(listener.walk);
  const { cohort, alpha, beta } = walk;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let lost: number | undefined;
  while (walk.time < plan.end && lost === undefined) {
    if (namesAccount[walk.state]) {
      first = Math.min(first, walk.time);
      last = walk.time;
    }
    if (isLoss[walk.state]) lost = walk.time;
    step(walk, world);
  }
  const offer = offerOf(listener, world, plan);
  return {
    ...{ account, cohort, alpha, beta, registration, first, last },
    ...(lost === undefined ? {} : { lost }),
    ...(offer === undefined ? {} : { offer }),
  };
}
