import type { BootstrapOptions } from '../../evaluation/bootstrap.ts';
import { kaplanMeier, type SurvivalPoint } from '../../evaluation/survival.ts';
import { type RiskMetrics, riskMetrics } from '../../evaluation/survival-metrics.ts';
import { mean } from '../../mean.ts';
import { defaultHazardSettings } from '../../models/hazard/hazard.ts';
import { lastWatchedDay, usersWatched } from '../../models/hazard/watched.ts';
import { LAST_DAY, type LearnedRisk } from './learn-risk.ts';
import { type WatchedRows, watchedTimes } from './watch-rows.ts';

/** Risks by day, judged on the test rows. */
export interface JudgedRisk extends RiskMetrics {
  /** By day, from day 1 on. */
  readonly curve: readonly RiskPoint[];
}

interface RiskPoint {
  readonly day: number;
  /** Different users of the test rows who were watched for the whole day, or lost on it. */
  readonly users: number;
  /** The mean of the test rows' risks. */
  readonly expected: number;
  /** One curve for everyone: Kaplan–Meier of the training rows. */
  readonly everyone: number;
  /** Kaplan–Meier of the test rows; absent beyond the last day on which enough users were watched. */
  readonly observed?: { readonly value: number; readonly low: number; readonly high: number };
}

/** Days that the metrics are told of, where the test rows were watched so long. */
const metricDays = [7, 14, 30];

/** These numbers only stand beside those of the models, and are to cost little. */
const mostReplicates = 200;

/** @param users the user of each test row, whole numbers from 0 up. */
export function judgeRisk(
  { training, test, testRisks }: Pick<LearnedRisk, 'training' | 'test' | 'testRisks'>,
  users: Int32Array,
  options: BootstrapOptions,
): JudgedRisk {
  const counts = usersWatched(test, users, LAST_DAY);
  const lastDay = lastWatchedDay(counts, defaultHazardSettings.leastUsers);
  const everyone = riskOfEveryone(training);
  const { replicates = mostReplicates, ...rest } = options;
  const metrics = riskMetrics(
    watchedTimes(test),
    testRisks,
    everyone,
    users,
    { days: metricDays.filter((day) => day <= lastDay), lastDay },
    { ...rest, replicates: Math.min(replicates, mostReplicates) },
  );
  const observed = stepsByDay(curveOf(test));
  return {
    ...metrics,
    curve: testRisks.map((risks, k) => ({
      day: k + 1,
      users: counts[k],
      expected: mean(risks),
      everyone: everyone[k],
      ...(k < lastDay ? { observed: lostBy(observed[k]) } : {}),
    })),
  };
}

function riskOfEveryone(training: WatchedRows): Float64Array {
  return Float64Array.from(stepsByDay(curveOf(training)), (point) => 1 - (point?.staying.value ?? 1));
}

function curveOf(watched: WatchedRows): SurvivalPoint[] {
  const { times, lost } = watchedTimes(watched);
  return kaplanMeier(times, lost);
}

/** The last point at or before each day; absent before the first. */
function stepsByDay(points: readonly SurvivalPoint[]): (SurvivalPoint | undefined)[] {
  return Array.from({ length: LAST_DAY }, (_, k) => points.findLast(({ day }) => day <= k + 1));
}

function lostBy(point: SurvivalPoint | undefined) {
  if (point === undefined) return { value: 0, low: 0, high: 0 };
  const { value, low, high } = point.staying;
  return { value: 1 - value, low: 1 - high, high: 1 - low };
}
