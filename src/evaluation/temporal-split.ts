import { NothingToLearnError, UsageError } from '../errors.ts';

/**
 * What a cutoff's examples are for: to fit and to choose by, nothing (their label window reaches past the first
 * test cutoff), or the final judgement.
 */
export type Role = 'train' | 'embargo' | 'test';

export interface TemporalSplitOptions {
  readonly leadDays: number;
  readonly horizonDays: number;
  /** How many of the last cutoffs are for the test. */
  readonly testCutoffs: number;
}

/**
 * The role of each cutoff. The last `testCutoffs` are 'test'. A cutoff before them is 'train' when its label
 * window [cutoff + lead, cutoff + lead + horizon) ends no later than the first test cutoff, so that nothing a
 * model learns from was still open on the day it is tested as of; else 'embargo'.
 *
 * @param cutoffDays distinct and rising, in days since any origin.
 * @throws UsageError for a negative or broken number of days or cutoffs; RangeError when the cutoffs do not rise;
 *   NothingToLearnError when no training cutoff is left, with the days that are missing.
 */
export function temporalSplit(cutoffDays: Int32Array, options: TemporalSplitOptions): Role[] {
  checkOptions(cutoffDays, options);
  const { leadDays, horizonDays, testCutoffs } = options;
  const firstTest = cutoffDays.length - testCutoffs;
  const latestTraining = cutoffDays[firstTest] - leadDays - horizonDays;
  if (!(firstTest > 0 && cutoffDays[0] <= latestTraining)) throw noTrainingCutoff(cutoffDays, options);
  return Array.from(cutoffDays, (day, i) => {
    if (i >= firstTest) return 'test';
    return day <= latestTraining ? 'train' : 'embargo';
  });
}

/**
 * The role of each row by its cutoff.
 *
 * @throws RangeError when a row's cutoff is not among `cutoffDays`.
 */
export function rolesOfRows(
  rowCutoffDays: Int32Array,
  cutoffDays: Int32Array,
  roles: readonly Role[],
): Role[] {
  const roleOf = new Map(roles.map((role, i) => [cutoffDays[i], role]));
  return Array.from(rowCutoffDays, (day, row) => {
    const role = roleOf.get(day);
    if (role === undefined)
      throw new RangeError(`The cutoff of row ${row} is day ${day}, which has no role.`);
    return role;
  });
}

function noTrainingCutoff(
  cutoffDays: Int32Array,
  { leadDays, horizonDays, testCutoffs }: TemporalSplitOptions,
): NothingToLearnError {
  const window = leadDays + horizonDays;
  const first = cutoffDays.at(0) ?? 0;
  const firstTest = cutoffDays.at(-testCutoffs) ?? first;
  const covered = cutoffDays.length > 0 ? cutoffDays[cutoffDays.length - 1] + window - first : 0;
  const needed = Math.max(covered + window - (firstTest - first), 2 * window + testCutoffs - 1);
  return new NothingToLearnError(
    `No cutoff is left to train on: ${cutoffDays.length} cutoffs leave ${covered} days from the first one to the end ` +
      `of the last label window, but a training window and a test window of ${window} days each (lead ${leadDays}, ` +
      `horizon ${horizonDays}) with ${testCutoffs} test cutoffs need at least ${needed}. Give a log at least ` +
      `${needed - covered} days longer, a shorter horizon, or fewer test cutoffs.`,
    { cutoffs: cutoffDays.length, coveredDays: covered, neededDays: needed },
  );
}

function checkOptions(cutoffDays: Int32Array, options: TemporalSplitOptions): void {
  for (const [name, least] of [
    ['leadDays', 0],
    ['horizonDays', 1],
    ['testCutoffs', 1],
  ] as const) {
    const value = options[name];
    if (Number.isInteger(value) && value >= least) continue;
    throw new UsageError(`${name} is ${value}; expected a whole number of at least ${least}.`, {
      [name]: value,
    });
  }
  for (let i = 1; i < cutoffDays.length; i++) {
    if (cutoffDays[i] > cutoffDays[i - 1]) continue;
    throw new RangeError(
      `Cutoff ${i} is day ${cutoffDays[i]} after day ${cutoffDays[i - 1]}; cutoffs must rise.`,
    );
  }
}
