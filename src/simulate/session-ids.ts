import { DAY } from './calendar.ts';
import type { LogPlan } from './population.ts';
import type { Walk } from './walk.ts';

/**
 * How sessions are numbered. The real log was merged from services that each counted their own sessions, so users share
 * ids now and then, and (userId, sessionId) tells sessions apart. Here the number follows from the time and the walk's
 * own phase, at the pace at which the sessions of the mini log begin, and is larger than the user's last: no counter
 * couples one user to another, and sessions that share a number hardly ever start together.
 */
export function sessionNumbering(plan: LogPlan): (walk: Walk, time: number) => number {
  const { start, users } = plan;
  const pace = users * IDS_A_SECOND;
  return ({ phase, session }, time) =>
    Math.max(session + 1, time < start ? 0 : users + Math.floor((time - start + phase) * pace));
}

/** 3,176 sessions of 225 users in 63 days; 1.7 ids a session leave three in four ids to one user alone. */
const IDS_A_SECOND = (1.7 * 3176) / (225 * 63 * DAY);
