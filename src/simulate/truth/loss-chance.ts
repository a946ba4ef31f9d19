import { type Chain, follow } from '../chain.ts';
import { uniform } from '../stream.ts';
import { moveTo, type Walk, type World } from '../walk.ts';
import { isCancel, isLoss, type UndyingChain } from './undying-chain.ts';

/** A stretch of time in seconds since the epoch, its end excluded. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The probability of loss within the window along one continuation, given its sessions, songs and pages: the walk goes on
 * as one who is never lost, and the hazard of every state it comes through is summed up, as far as the loss would fall
 * into the window. Its mean over continuations is the probability of loss.
 *
 * @param walk at the first event after the cutoff; is used up.
 * @param undyingOf the chain conditioned on survival.
 */
export function lossChance(
  walk: Walk,
  world: World,
  undyingOf: (chain: Chain) => UndyingChain,
  window: Window,
): number {
  if (isLoss[walk.state]) return shareWithin(walk.time, 0, window);
  let surviving = 1;
  let lost = 0;
  let mortal = world.chainOf(walk);
  let chain = undyingOf(mortal);
  while (walk.time < window.to) {
    const now = world.chainOf(walk);
    if (now !== mortal) {
      mortal = now;
      chain = undyingOf(now);
    }
    const hazard = chain.hazard[walk.state];
    if (hazard > 0) {
      const asked = isCancel[walk.state] ? walk.time : walk.time + 1;
      lost += surviving * hazard * shareWithin(asked, 1, window);
      surviving *= 1 - hazard;
    }
    moveTo(walk, world, follow(chain, walk.state, uniform(walk)));
  }
  return lost;
}

/** The share of the moments `time` … `time + spread` within the window: a loss is confirmed in the second it is asked for, or in the next. */
function shareWithin(time: number, spread: 0 | 1, { from, to }: Window): number {
  const within = (moment: number) => (moment >= from && moment < to ? 1 : 0);
  return spread === 0 ? within(time) : (within(time) + within(time + 1)) / 2;
}
