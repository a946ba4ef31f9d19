import { DAY } from '../calendar.ts';
import type { Chain } from '../chain.ts';
import { type Listener, namesAccount } from '../population.ts';
import { openStream } from '../stream.ts';
import { copyWalk, step, type Walk, type World } from '../walk.ts';
import { type Estimate, estimate } from './estimate.ts';
import { lossChance, type Window } from './loss-chance.ts';
import { nextEventFrom } from './pending-event.ts';
import type { TruthSettings } from './truth-settings.ts';
import { type UndyingChain, undying } from './undying-chain.ts';

/** What is true of one account at one cutoff. */
export interface TruthRow {
  readonly account: number;
  /** Days since 1970. */
  readonly cutoff: number;
  /** Probability of loss in [cutoff + lead, cutoff + lead + horizon), from the exact state at the cutoff. */
  readonly probability: Estimate;
  /** Absent without an offer. */
  readonly arms?: OfferArms;
}

/** The probability if the user has the offer, or is to get it, and if not; the offer's effect is their difference. */
interface OfferArms {
  readonly offered: Estimate;
  readonly without: Estimate;
  readonly effect: Estimate;
}

/** How the truth about a log is told: made once a thread. */
export interface Oracle {
  readonly world: World;
  /** The same world with less to look up, for continuations. */
  readonly ahead: World;
  readonly seed: number;
  readonly settings: TruthSettings;
  /** Whether the log has an offer that users may get. */
  readonly hasOffer: boolean;
  readonly undyingOf: (chain: Chain) => UndyingChain;
}

/** Conditions each chain of a world on survival, once. */
export function undyingChains(): (chain: Chain) => UndyingChain {
  const known = new Map<Chain, UndyingChain>();
  return (chain) => {
    const found = known.get(chain);
    if (found !== undefined) return found;
    const made = undying(chain);
    known.set(chain, made);
    return made;
  };
}

/**
 * The truth about a listener at each cutoff at which there is an example of them: seen before it, under their account,
 * and not lost before it.
 */
export function listenerTruth({ walk: start, account }: Listener, oracle: Oracle): TruthRow[] {
  const rows: TruthRow[] = [];
  const walk = copyWalk(start);
  let last: Walk | undefined;
  let seen = false;
  for (const cutoff of oracle.settings.cutoffs) {
    while (walk.time < cutoff * DAY) {
      last = copyWalk(walk);
      seen ||= namesAccount[walk.state] === 1;
      if (!step(walk, oracle.world)) return rows;
    }
    if (last !== undefined && seen) rows.push(truthAt(last, account, cutoff, oracle));
  }
  return rows;
}

function truthAt(last: Walk, account: number, cutoff: number, oracle: Oracle): TruthRow {
  const { leadDays, horizonDays } = oracle.settings;
  const from = (cutoff + leadDays) * DAY;
  const window = { from, to: from + horizonDays * DAY };
  const chances = (walk: Walk) => drawChances(walk, account, cutoff, window, oracle);
  if (!oracle.hasOffer) return { account, cutoff, probability: estimate(chances(last)) };
  const offered = chances({ ...last, treated: 1 });
  const without = chances({ ...last, treated: 0 });
  return {
    account,
    cutoff,
    probability: estimate(last.treated === 1 ? offered : without),
    arms: {
      offered: estimate(offered),
      without: estimate(without),
      effect: estimate(offered.map((chance, i) => chance - without[i])),
    },
  };
}

/** One chance a continuation; the i-th of one user and cutoff has the same stream with an offer and without. */
function drawChances(
  last: Walk,
  account: number,
  cutoff: number,
  window: Window,
  { ahead, seed, settings, undyingOf }: Oracle,
): Float64Array {
  return Float64Array.from({ length: settings.continuations }, (_, i) => {
    const stream = openStream(`truth/${account}/${cutoff}/${i}`, seed);
    const next = nextEventFrom(last, stream, ahead, cutoff * DAY);
    return lossChance(next, ahead, undyingOf, window);
  });
}
