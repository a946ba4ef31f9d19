import type { Effects } from '../../effects.ts';
import { NothingToLearnError } from '../../errors.ts';
import { type CrossFitPlan, retrospectivePlan } from '../../evaluation/cross-fit.ts';
import { sameCutoffs } from '../../evaluation/selection.ts';
import { userFolds } from '../../evaluation/user-folds.ts';
import { fitAll } from '../../models/fit-all.ts';
import type { FitResult, FitTask } from '../../models/fit-task.ts';
import { type LearnerName, type LearnerSettings, withSettings } from '../../models/learners.ts';
import { isCombination } from '../../models/stack/combinations.ts';
import { tune } from '../../tuning/tune.ts';
import type { Tuned } from '../../tuning/tuned.ts';
import { combineLearners } from '../combine-learners.ts';
import { crossFitted } from '../cross-fitted.ts';
import { type Decided, decideLearner } from '../decide-learner.ts';
import { learnerTitle } from '../learner-names.ts';
import { openTrialLog } from '../tune-learners.ts';
import { type FitTableSettings, preparationFor } from './settings.ts';
import type { TrainingTable } from './training-table.ts';

/** Learners fitted on every row and, where there is a plan, out of fold. */
export interface LearnedTable {
  /** Absent where nothing is to be chosen and there are test rows to judge by. */
  readonly plan: CrossFitPlan | undefined;
  readonly decided: readonly Decided[];
  /** By learner: seconds to predict every row out of fold. */
  readonly predictSeconds: readonly number[];
  /** What was tried, by learner; absent where the learners kept their settings. */
  readonly tuned: ReadonlyMap<string, Tuned> | undefined;
}

/**
 * Fits every learner, each with a preparation of its own that is fitted on its own training rows.
 * @throws NothingToLearnError when there are too few groups to learn from and to judge by.
 */
export async function learnTable(
  table: TrainingTable,
  settings: FitTableSettings,
  effects: Effects,
): Promise<LearnedTable> {
  const plan = needsFolds(settings) ? foldPlan(table, settings) : undefined;
  const names = settings.learners.filter((name) => !isCombination(name));
  const tuned = plan && (await tuneOnTable(names, table, plan, settings, effects));
  const changesOf = (name: LearnerName) => ({ ...settings.changes[name], ...tuned?.get(name)?.settings });
  const fits = await fitEach(names, table, plan, changesOf, settings, effects);
  const { labels, matrix } = table.examples;
  if (plan === undefined) {
    const decided = names.map((name, k) => undecided(name, fits[k][0], settings));
    return { plan, decided, predictSeconds: names.map(() => 0), tuned };
  }
  const split = { plan, selection: sameCutoffs() };
  const single = names.map((name, k) => crossFitted(name, fits[k], split, labels.length));
  const combined = settings.learners.filter(isCombination);
  const stacks = combined.map((name) => combineLearners(name, single, { labels, matrix }, split, effects));
  const stacked = combined.map((name, k) => crossFitted(name, stacks[k], split, labels.length));
  const decided = [...single, ...stacked].map((one) =>
    decideLearner(one, split, table.examples, settings.calibration),
  );
  return {
    ...{ plan, tuned },
    decided: decided.map(withThreshold(settings)),
    predictSeconds: [...fits, ...stacks].map((results) =>
      results.reduce((sum, { predictSeconds }) => sum + predictSeconds, 0),
    ),
  };
}

/** Whether there is something to choose, or nothing else to judge by. */
function needsFolds({ test, threshold, learners, tuning }: FitTableSettings): boolean {
  return test === undefined || threshold === 'best-f1' || learners.length > 1 || tuning !== undefined;
}

/** Settings by cross-validation, each learner with a preparation of its own in every fold. */
async function tuneOnTable(
  names: readonly LearnerName[],
  { examples }: TrainingTable,
  plan: CrossFitPlan,
  { tuning, changes, preparation, seed }: FitTableSettings,
  effects: Effects,
): Promise<ReadonlyMap<LearnerName, Tuned> | undefined> {
  if (tuning === undefined) return undefined;
  const folds = plan.fits.map(({ trainRows, predictRows }) => ({ trainRows, validationRows: predictRows }));
  const data = { examples, folds };
  const log = await openTrialLog(tuning, data, { seed, preparation });
  const preparationOf = (learner: LearnerSettings) => preparationFor(learner, preparation);
  return tune(names, data, { ...tuning, seed, log, preparationOf, fixed: changes }, effects);
}

/** Deals the groups into folds, at most as many as there are, stratified by whether any of their rows is positive. */
function foldPlan(
  { examples: { labels, groups }, groupKeys }: TrainingTable,
  { folds, seed }: FitTableSettings,
): CrossFitPlan {
  const keys: string[] = [];
  const positive: number[] = [];
  groups.forEach((group, row) => {
    keys[group] = groupKeys[row];
    positive[group] = Math.max(positive[group] ?? 0, labels[row]);
  });
  const both = [1, 0].map((value) => new Set(groups.filter((_, row) => labels[row] === value)).size);
  if (both[0] < 2 || both[1] < 2) {
    throw new NothingToLearnError(
      `Of ${keys.length} groups ${both[0]} have a positive row and ${both[1]} a negative one: cross-validation needs two of each. Give --test and --threshold, or more rows.`,
      { groups: keys.length, positive: both[0], negative: both[1] },
    );
  }
  const foldOf = userFolds(keys, Uint8Array.from(positive), Math.min(folds, keys.length), seed);
  return retrospectivePlan(groups.map((group) => foldOf[group]));
}

/** By learner: a fit a fold, and then the one on every row. */
async function fitEach(
  names: readonly LearnerName[],
  { examples }: TrainingTable,
  plan: CrossFitPlan | undefined,
  changesOf: (name: LearnerName) => Readonly<Record<string, unknown>>,
  settings: FitTableSettings,
  effects: Effects,
): Promise<FitResult[][]> {
  const everyRow = { trainRows: Int32Array.from(examples.labels.keys()), predictRows: new Int32Array(0) };
  const parts = [...(plan?.fits ?? []), everyRow];
  const tasks = names.flatMap((name): FitTask[] => {
    const learner = withSettings(name, changesOf(name));
    const preparation = preparationFor(learner, settings.preparation);
    return parts.map(({ trainRows, predictRows }) => ({
      ...learner,
      ...{ trainRows, predictRows, preparation },
      seed: settings.seed,
    }));
  });
  const fits = await fitAll(tasks, examples, effects);
  return names.map((_, k) => fits.slice(k * parts.length, (k + 1) * parts.length));
}

function undecided(
  name: LearnerName,
  { model, fitSeconds }: FitResult,
  { threshold }: FitTableSettings,
): Decided {
  return {
    ...{ name, model, fitSeconds },
    title: learnerTitle(name),
    foldModels: [],
    probabilities: new Float64Array(0),
    uncalibrated: new Float64Array(0),
    calibration: { name: 'none', candidates: [] },
    threshold: Number(threshold),
    validationLogLoss: Number.NaN,
  };
}

function withThreshold({ threshold }: FitTableSettings): (decided: Decided) => Decided {
  return (decided) => (threshold === 'best-f1' ? decided : { ...decided, threshold });
}
