import { DAY } from '../calendar.ts';
import type { Chain } from '../chain.ts';
import { type Listener, namesAccount } from '../population.ts';
import { openStream } from '../stream.ts';
import { copyWalk, step, type Walk, type World } from '../walk.ts';
import { type Estimate, estimate } from './estimate.ts';
import { lossChance, type Window } from './loss-chance.ts';
import { nextEventFrom } from './pending-event.ts';
import type { Expectation, Reader } from './reader/reader.ts';
import type { TruthSettings } from './truth-settings.ts';
import { type UndyingChain, undying } from './undying-chain.ts';

/** What is true of one account at one cutoff. */
export interface TruthRow {
  readonly account: number;
  /** Days since 1970. */
  readonly cutoff: number;
  /** Probability of loss in [cutoff + lead, cutoff + lead + horizon), from the exact state at the cutoff. */
  readonly probability: Estimate;
  /** The same probability as a perfect reader of the log knows it, to whom cohort and pace are hidden. Absent with an offer. */
  readonly fromLog?: Estimate;
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
  readonly readerOf: (first: Walk) => Reader;
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
  const reader = oracle.readerOf(walk);
  for (const cutoff of oracle.settings.cutoffs) {
    while (walk.time < cutoff * DAY) {
      if (last !== undefined) reader.observe(last, walk);
      last = copyWalk(walk);
      seen ||= namesAccount[walk.state] === 1;
      if (!step(walk, oracle.world)) return rows;
    }
    if (last !== undefined && seen) rows.push(truthAt(last, account, cutoff, reader, oracle));
  }
  return rows;
}

function truthAt(
  last: Walk,
  account: number,
  cutoff: number,
  reader: Reader,
  { ahead, seed, settings, hasOffer, undyingOf }: Oracle,
): TruthRow {
  const moment = cutoff * DAY;
  const window = windowOf(cutoff, settings);
  const draws = (name: string, next: Expectation) =>
    Float64Array.from({ length: settings.continuations }, (_, i) => {
      const stream = openStream(`${name}/${account}/${cutoff}/${i}`, seed);
      return lossChance(next(stream), ahead, undyingOf, window);
    });
  // The i-th continuation of one user and cutoff has the same stream with an offer and without.
  const known = (walk: Walk) => draws('truth', (stream) => nextEventFrom(walk, stream, ahead, moment));
  if (!hasOffer) {
    const fromLog = estimate(draws('reader', reader.expect(last, moment)));
    return { account, cutoff, probability: estimate(known(last)), fromLog };
  }
  const offered = known({ ...last, treated: 1 });
  const without = known({ ...last, treated: 0 });
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

function windowOf(cutoff: number, { leadDays, horizonDays }: TruthSettings): Window {
  const from = (cutoff + leadDays) * DAY;
  return { from, to: from + horizonDays * DAY };
}
