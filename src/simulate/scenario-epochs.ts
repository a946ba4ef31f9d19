import { DAY } from './calendar.ts';
import type { Scenario } from './scenario.ts';
import { dayOf } from './scenario-targets.ts';

/** Stretches of days within which a scenario's probabilities and gaps stay the same. */
export interface Epochs {
  /** First day of each, in days since 1970; of the one before all changes -Infinity. */
  readonly days: readonly number[];
  /** Index of the epoch of a time in seconds since the epoch 1970. */
  readonly at: (time: number) => number;
}

export function planEpochs({ rates, gaps, pages }: Scenario): Epochs {
  const changes = [...rates, ...gaps].flatMap(({ from, over }) =>
    Array.from({ length: over }, (_, step) => dayOf(from) + step),
  );
  const breaks = [...new Set([...changes, ...pages.map(({ from }) => dayOf(from))])].sort((a, b) => a - b);
  const days = [Number.NEGATIVE_INFINITY, ...breaks];
  if (breaks.length === 0) return { days, at: () => 0 };
  const [first] = breaks;
  const last = breaks[breaks.length - 1];
  const byDay = Uint16Array.from({ length: last - first + 1 }, (_, i) =>
    days.findLastIndex((day) => day <= first + i),
  );
  const at = (time: number) => {
    const day = Math.floor(time / DAY) - first;
    return day < 0 ? 0 : byDay[Math.min(day, byDay.length - 1)];
  };
  return { days, at };
}
