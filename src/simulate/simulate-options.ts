import { UsageError } from '../errors.ts';
import { DAY } from './calendar.ts';
import type { LogPlan } from './population.ts';
import { PRESETS, type Size } from './presets.ts';
import type { Scenario } from './scenario.ts';
import { checkScenario } from './scenario-check.ts';

export interface SimulateOptions {
  /** Gives `users` and `days` where they are not given. */
  readonly size?: Size;
  /** Distinct users in the log, 1 … 1,000,000. */
  readonly users?: number;
  /** Days the log covers, 1 … 3,660. */
  readonly days?: number;
  /** Any safe integer; the same seed, users, days and start give the same bytes. */
  readonly seed: number;
  /** Milliseconds since the epoch of the log's first midnight, UTC. Default 2018-10-01. */
  readonly start?: number;
  /**
   * Where to write: one file, or a folder with one file a day when it ends with a separator, names an existing folder
   * or has no extension. A file that exists is replaced; a folder must be empty or absent.
   */
  readonly out: string;
  /** What changes the walk of the listeners. */
  readonly scenario?: Scenario;
}

/** @throws UsageError naming what is wrong; InputError for a scenario that does not fit the log. */
export function planLog(options: SimulateOptions): LogPlan {
  const preset = options.size === undefined ? undefined : PRESETS[options.size];
  const users = wholeNumber('users', options.users ?? preset?.users, 1, 1_000_000);
  const days = wholeNumber('days', options.days ?? preset?.days, 1, 3660);
  const seed = wholeNumber('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const start = wholeNumber('start', options.start ?? DEFAULT_START, EARLIEST, LATEST) / 1000;
  if (start % DAY !== 0) {
    throw new UsageError(
      `The start ${new Date(start * 1000).toISOString()} is not a midnight; give one in UTC.`,
      {
        start: options.start,
      },
    );
  }
  const plan = { seed, users, start, end: start + days * DAY };
  if (options.scenario === undefined) return plan;
  checkScenario(options.scenario, plan);
  return { ...plan, scenario: options.scenario };
}

const DEFAULT_START = Date.UTC(2018, 9, 1);
/** The times that a log definition accepts by default, less the years that a log can last. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2090, 0, 1);

function wholeNumber(name: string, value: number | undefined, least: number, most: number): number {
  if (value === undefined) {
    throw new UsageError(`The ${name} of the log are not given; give them, or a size: ${sizes()}.`, { name });
  }
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(
      `The ${name} of the log: ${value} is not a whole number between ${least} and ${most}.`,
      {
        name,
        value,
      },
    );
  }
  return value;
}

function sizes(): string {
  return Object.keys(PRESETS).join(', ');
}
