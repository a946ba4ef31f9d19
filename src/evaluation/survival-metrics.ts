import { type BootstrapOptions, bootstrapEach, presentUsers } from './bootstrap.ts';
import type { Interval } from './intervals.ts';
import { dynamicAuc } from './survival-auc.ts';
import { brierParts, meanOverTime } from './survival-brier.ts';
import { censoringCurve, type WatchedTimes } from './survival-censoring.ts';

export interface RiskMetrics {
  readonly days: readonly {
    readonly day: number;
    readonly brier: Interval;
    /** Of `everyone`. */
    readonly brierOfEveryone: number;
    readonly rocAuc: Interval;
  }[];
  /** The mean of the Brier score over days 1 … `lastDay`. */
  readonly integratedBrier: Interval;
  readonly integratedBrierOfEveryone: number;
  /** The share of the latter that the former is less; intervals from resamples that both share. */
  readonly integratedSkill: Interval;
  readonly lastDay: number;
}

/**
 * How good risks by day are: Brier score, its mean over days, and ROC AUC, each weighed for censoring, with 95 % intervals by bootstrap over
 * users as `bootstrapMetrics` has them. The censoring stays as it was estimated of all rows.
 *
 * @param watched a loss on day k at time k; who was watched for the whole of day k without one beyond k.
 * @param risks probability of being lost by the end of day k + 1, by k and row.
 * @param everyone the same without regard to the row, by k.
 * @param groups the user of each row.
 * @param days to tell of, rising, none beyond `lastDay`.
 * @param lastDay some rows are watched beyond it.
 */
export function riskMetrics(
  watched: WatchedTimes,
  risks: readonly Float64Array[],
  everyone: Float64Array,
  groups: Int32Array,
  { days, lastDay }: { readonly days: readonly number[]; readonly lastDay: number },
  options: BootstrapOptions,
): RiskMetrics {
  const { users, count } = presentUsers(watched.lost, groups);
  const censoring = censoringCurve(watched);
  const grid = Array.from({ length: lastDay }, (_, k) => k + 1);
  const ofRisks = grid.map((day) => brierParts(watched, censoring, risks[day - 1], day));
  const ofEveryone = grid.map((day) =>
    brierParts(watched, censoring, new Float64Array(users.length).fill(everyone[day - 1]), day),
  );
  const overDays = (parts: readonly Float64Array[]) =>
    Float64Array.from(users, (_, row) =>
      meanOverTime(
        grid,
        parts.map((ofDay) => ofDay[row]),
      ),
    );
  const sumOf = (parts: Float64Array) => sumByUser(parts, users, count);
  const rowsOf = sumOf(new Float64Array(users.length).fill(1));
  const sums = [
    ...days.map((day) => sumOf(ofRisks[day - 1])),
    ...days.map((day) => sumOf(ofEveryone[day - 1])),
    sumOf(overDays(ofRisks)),
    sumOf(overDays(ofEveryone)),
  ];
  const areas = days.map((day) => dynamicAuc(watched, censoring, risks[day - 1], day));
  const found = bootstrapEach(count, options, (weights) => {
    const rows = dot(rowsOf, weights);
    const means = sums.map((ofUser) => dot(ofUser, weights) / rows);
    const [integrated, ofAll] = means.slice(-2);
    return [...means, 1 - integrated / ofAll, ...areas.map((area) => area((row) => weights[users[row]]))];
  }).map(({ interval }) => interval);
  const skill = 2 * days.length + 2;
  return {
    days: days.map((day, i) => ({
      day,
      brier: found[i],
      brierOfEveryone: found[days.length + i].value,
      rocAuc: found[skill + 1 + i],
    })),
    integratedBrier: found[skill - 2],
    integratedBrierOfEveryone: found[skill - 1].value,
    integratedSkill: found[skill],
    lastDay,
  };
}

function sumByUser(parts: Float64Array, users: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let row = 0; row < parts.length; row++) sums[users[row]] += parts[row];
  return sums;
}

function dot(values: Float64Array, weights: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * weights[i];
  return sum;
}
