import type { Effects } from '../effects.ts';
import { bootstrapMetrics } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/intervals.ts';
import type { ExampleRows } from '../features/examples.ts';
import { fitAll } from '../models/fit-all.ts';
import type { LearnerSettings } from '../models/learners.ts';
import type { Plan, PricedWay } from './split-ways.ts';

/** What the same learner claims when it is judged in one way. */
export interface Price {
  readonly way: PricedWay;
  readonly title: string;
  readonly words: string;
  readonly rows: number;
  readonly lost: number;
  readonly rocAuc: Interval;
  readonly averagePrecision: Interval;
}

export interface PriceSettings {
  readonly learner: LearnerSettings;
  readonly seed: number;
  readonly replicates: number;
}

/** Examples with one way to split them. */
export interface WayToJudge {
  readonly rows: ExampleRows;
  readonly plan: Plan;
}

/** Fits and judges the same learner in each way; intervals are by bootstrap over users. */
export async function priceLeaks(
  ways: readonly WayToJudge[],
  settings: PriceSettings,
  effects: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<Price[]> {
  const prices: Price[] = [];
  for (const way of ways) prices.push(await price(way, settings, effects));
  return prices;
}

async function price(
  { rows: { matrix, labels, users }, plan: { way, fits } }: WayToJudge,
  { learner, seed, replicates }: PriceSettings,
  effects: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<Price> {
  const places = new Map([...new Set(users)].map((user, i) => [user, i]));
  const groups = Int32Array.from(users, (user) => places.get(user) ?? 0);
  const tasks = fits.map(({ trainRows, predictRows }) => ({ ...learner, seed, trainRows, predictRows }));
  const results = await fitAll(tasks, { matrix, labels, groups }, effects);
  const judged = fits.flatMap(({ predictRows }) => [...predictRows]);
  const outcomes = Uint8Array.from(judged, (row) => labels[row]);
  const probabilities = Float64Array.from(results.flatMap(({ predictions }) => [...predictions]));
  const { rocAuc, averagePrecision } = bootstrapMetrics(
    outcomes,
    probabilities,
    Int32Array.from(judged, (row) => groups[row]),
    0.5,
    { seed, replicates },
  ).intervals;
  return {
    way,
    ...inWords[way],
    rows: judged.length,
    lost: outcomes.reduce((sum, label) => sum + label, 0),
    rocAuc,
    averagePrecision,
  };
}

const inWords: Readonly<Record<PricedWay, { readonly title: string; readonly words: string }>> = {
  retrospective: {
    title: 'Whole history, one row a user',
    words:
      'Looks back from the end of the log, when everyone who left has already fallen silent. It tells who has left, not who will.',
  },
  'random rows': {
    title: 'Random rows',
    words:
      'Learns from other weeks of the very customers it is judged on, and from weeks after. It can recognise people.',
  },
  'by user': {
    title: 'Split by user',
    words:
      'Judged on customers it never saw, but it learned from the same weeks and later ones: it knows how the season went.',
  },
  'by time': {
    title: 'Split in time',
    words:
      'Judged on later weeks, but of customers it learned from, some of whose outcomes were still open then.',
  },
  'by user and time': {
    title: 'Split by user and in time, with an embargo',
    words:
      'Judged on customers it never saw, after every outcome it learned from was known. This is what you would get.',
  },
};
