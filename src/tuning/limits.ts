import { UsageError } from '../errors.ts';
import type { SearchLimits } from './search.ts';

/** How long to search. At least one of the two; with both, what is reached first ends it. */
export interface TuningLimits {
  /** As many fits as this number of settings needs on every fold; settings that are stopped early make room for more. */
  readonly trials?: number;
  /** For all learners together. Which trials they allow depends on the machine. */
  readonly seconds?: number;
}

/** @throws UsageError when there is no limit, or one that is none. */
export function checkTuningLimits({ trials, seconds }: TuningLimits): void {
  if (trials === undefined && seconds === undefined) {
    throw new UsageError('Tuning needs a limit: a number of trials, or of seconds.');
  }
  if (trials !== undefined && !(Number.isSafeInteger(trials) && trials > 0)) {
    throw new UsageError(`${trials} trials were asked for; expected a whole number above 0.`, { trials });
  }
  if (seconds !== undefined && !(seconds > 0)) {
    throw new UsageError(`${seconds} seconds of tuning were asked for; expected more than 0.`, { seconds });
  }
}

/** Gives each of some learners, which are tuned one after another, its limits when its turn comes: an even share of the time left. */
export function shareLimits(
  { trials, seconds }: TuningLimits,
  learners: number,
  now: () => number,
): (folds: number) => SearchLimits {
  const end = seconds === undefined ? Number.POSITIVE_INFINITY : now() + seconds * 1000;
  let left = learners;
  return (folds) => {
    const until = now() + (end - now()) / left;
    left--;
    const fits = trials === undefined ? Number.POSITIVE_INFINITY : trials * folds;
    return { fits, isTimeUp: () => now() >= until };
  };
}
