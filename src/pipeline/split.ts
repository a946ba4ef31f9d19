import { NothingToLearnError } from '../errors.ts';
import { type CrossFitPlan, forecastPlan, retrospectivePlan } from '../evaluation/cross-fit.ts';
import { type Selection, sameCutoffs, selectionOf } from '../evaluation/selection.ts';
import { type Role, rolesOfRows, temporalSplit } from '../evaluation/temporal-split.ts';
import { userFolds } from '../evaluation/user-folds.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { LearnSettings } from './settings.ts';

/** Who learns from whom. */
export interface Split {
  readonly plan: CrossFitPlan;
  /** What learner, settings and calibrator are chosen by. */
  readonly selection: Selection;
  /** By user, the fold. */
  readonly foldOfUser: Int32Array;
  /** Index of each row's user. */
  readonly groups: Int32Array;
  /** Distinct cutoffs (days since 1970), rising, with what each is for. */
  readonly cutoffs: readonly CutoffUse[];
}

interface CutoffUse {
  readonly day: number;
  readonly role: Role;
  readonly examples: number;
  readonly lost: number;
}

/**
 * Splits examples in time and by user. No label or feature of a test or embargoed row has a part in it, nor which users have such rows
 * alone, so that they change nothing that is learned.
 * @throws NothingToLearnError when a part would lack an outcome.
 */
export function splitExamples(rows: ExampleRows, settings: LearnSettings): Split {
  const users = [...new Set(rows.users)].sort();
  const indexOf = new Map(users.map((user, i) => [user, i]));
  const groups = Int32Array.from(rows.users, (user) => indexOf.get(user) ?? 0);
  const days = Int32Array.from(new Set(rows.cutoffs)).sort();
  const roles = rolesOfCutoffs(days, settings);
  const roleOfRow = rolesOfRows(rows.cutoffs, days, roles);
  const foldOfUser = foldsOfUsers(users, groups, roleOfRow, rows.labels, settings);
  const foldOfRow = groups.map((group) => foldOfUser[group]);
  const isForecast = settings.protocol === 'forecast';
  const plan = isForecast ? forecastPlan(foldOfRow, roleOfRow) : retrospectivePlan(foldOfRow);
  checkOutcomes(rows, plan);
  const selection = isForecast ? selectionOf(plan, rows.cutoffs, rows.labels, settings) : sameCutoffs();
  return { plan, selection, foldOfUser, groups, cutoffs: countCutoffs(rows, days, roles) };
}

function foldsOfUsers(
  users: readonly string[],
  groups: Int32Array,
  roleOfRow: readonly Role[],
  labels: Uint8Array,
  { folds, seed }: LearnSettings,
): Int32Array {
  const everLost = new Uint8Array(users.length);
  const isTrained = new Uint8Array(users.length);
  groups.forEach((user, row) => {
    if (roleOfRow[row] !== 'train') return;
    everLost[user] |= labels[row];
    isTrained[user] = 1;
  });
  const trained = isTrained.reduce((sum, one) => sum + one, 0);
  return userFolds(users, everLost, Math.min(folds, Math.max(trained, 2)), seed, isTrained);
}

function rolesOfCutoffs(days: Int32Array, settings: LearnSettings): Role[] {
  if (settings.protocol === 'retrospective') return new Array<Role>(days.length).fill('train');
  const testCutoffs = settings.testCutoffs ?? Math.max(1, Math.floor(days.length / 4));
  return temporalSplit(days, { ...settings, testCutoffs });
}

function countCutoffs(rows: ExampleRows, days: Int32Array, roles: readonly Role[]): CutoffUse[] {
  const examples = new Map<number, number>();
  const lost = new Map<number, number>();
  rows.cutoffs.forEach((day, row) => {
    examples.set(day, (examples.get(day) ?? 0) + 1);
    lost.set(day, (lost.get(day) ?? 0) + rows.labels[row]);
  });
  return roles.map((role, i) => ({
    day: days[i],
    role,
    examples: examples.get(days[i]) ?? 0,
    lost: lost.get(days[i]) ?? 0,
  }));
}

function checkOutcomes({ labels }: ExampleRows, { validationRows, testRows }: CrossFitPlan): void {
  for (const [what, rows] of [
    ['training', validationRows],
    ['test', testRows],
  ] as const) {
    const lost = rows.reduce((sum, row) => sum + labels[row], 0);
    if (lost > 0 && lost < rows.length) continue;
    throw new NothingToLearnError(
      `Of the ${rows.length} ${what} examples ${lost} are lost: both outcomes are needed. Give a longer log, more users, or a longer --horizon.`,
      { examples: rows.length, lost },
    );
  }
}
