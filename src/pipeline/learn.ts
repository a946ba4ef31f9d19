import type { Effects } from '../effects.ts';
import { NothingToLearnError } from '../errors.ts';
import { bootstrapMetrics, type MetricIntervals, pairedDifference } from '../evaluation/bootstrap.ts';
import { type CrossFitPlan, forecastPlan, retrospectivePlan } from '../evaluation/cross-fit.ts';
import { evaluate } from '../evaluation/metrics.ts';
import { type Role, rolesOfRows, temporalSplit } from '../evaluation/temporal-split.ts';
import { chooseThreshold } from '../evaluation/threshold.ts';
import { userFolds } from '../evaluation/user-folds.ts';
import type { ExampleRows } from '../features/examples.ts';
import { fitAll } from '../models/fit-all.ts';
import type { FitResult, FitTask } from '../models/fit-task.ts';
import { type LearnerName, learners } from '../models/learners.ts';
import type { Examples } from '../models/matrix.ts';
import type { Model } from '../models/model.ts';
import type { LearnSettings } from './settings.ts';

/** One learner, judged. */
export interface Judged {
  readonly name: LearnerName;
  readonly title: string;
  /** Fitted on every labelled example. */
  readonly model: Model;
  /** One a fold, in the order of the plan's fits; what the metrics judge. */
  readonly foldModels: readonly Model[];
  /** Out-of-fold probability of each row that the plan predicts; NaN elsewhere. */
  readonly probabilities: Float64Array;
  /** Chosen on validation rows. */
  readonly threshold: number;
  /** On validation rows; what the model is chosen by. */
  readonly validationLogLoss: number;
  readonly test: MetricIntervals;
  /** Test metrics less the baseline's. */
  readonly overBaseline: MetricIntervals;
  /** Seconds of the fit on every labelled example. */
  readonly fitSeconds: number;
}

export interface Learned {
  /** The baseline first. */
  readonly judged: readonly Judged[];
  /** The learner with the least log loss on validation rows; never the baseline. */
  readonly chosen: Judged;
  readonly plan: CrossFitPlan;
  /** Distinct cutoffs (days since 1970), rising, with what each is for. */
  readonly cutoffs: readonly {
    readonly day: number;
    readonly role: Role;
    readonly examples: number;
    readonly lost: number;
  }[];
  readonly groups: Int32Array;
}

/** Fits every learner out of fold, judges it on the test rows, chooses on the validation rows, and fits again on all. */
export async function learn(rows: ExampleRows, settings: LearnSettings, effects: Effects): Promise<Learned> {
  const users = [...new Set(rows.users)].sort();
  const indexOf = new Map(users.map((user, i) => [user, i]));
  const groups = Int32Array.from(rows.users, (user) => indexOf.get(user) ?? 0);
  const everLost = new Uint8Array(users.length);
  rows.labels.forEach((label, row) => {
    everLost[groups[row]] |= label;
  });
  const foldOfUser = userFolds(users, everLost, Math.min(settings.folds, users.length), settings.seed);
  const foldOfRow = groups.map((group) => foldOfUser[group]);
  const cutoffs = cutoffRoles(rows, settings);
  const plan =
    settings.protocol === 'retrospective'
      ? retrospectivePlan(foldOfRow)
      : forecastPlan(foldOfRow, rolesOfRows(rows.cutoffs, ...daysAndRoles(cutoffs)));
  checkOutcomes(rows, plan);
  const examples = { matrix: rows.matrix, labels: rows.labels, groups };
  const names: readonly LearnerName[] = ['baseline', ...settings.learners];
  const fits = await fitAll(
    names.flatMap((name) => fitTasks(name, plan, rows.labels.length, settings.seed)),
    examples,
    effects,
  );
  const perLearner = plan.fits.length + 1;
  const decided = names.map((name, i) =>
    decide(name, fits.slice(i * perLearner, (i + 1) * perLearner), plan, examples),
  );
  const judged = decided.map((one) => judge(one, decided[0], plan, examples, settings));
  const chosen = judged
    .slice(1)
    .reduce((best, one) => (one.validationLogLoss < best.validationLogLoss ? one : best));
  return { judged, chosen, plan, cutoffs, groups };
}

function cutoffRoles(rows: ExampleRows, settings: LearnSettings): Learned['cutoffs'] {
  const days = Int32Array.from(new Set(rows.cutoffs)).sort();
  const testCutoffs = settings.testCutoffs ?? Math.max(1, Math.floor(days.length / 4));
  const roles =
    settings.protocol === 'retrospective'
      ? new Array<Role>(days.length).fill('train')
      : temporalSplit(days, { ...settings, testCutoffs });
  const counts = new Map(Array.from(days, (day) => [day, { examples: 0, lost: 0 }]));
  rows.cutoffs.forEach((day, row) => {
    const count = counts.get(day);
    if (count === undefined) return;
    count.examples++;
    count.lost += rows.labels[row];
  });
  return Array.from(days, (day, i) => ({
    day,
    role: roles[i],
    ...(counts.get(day) ?? { examples: 0, lost: 0 }),
  }));
}

function daysAndRoles(cutoffs: Learned['cutoffs']): [Int32Array, Role[]] {
  return [Int32Array.from(cutoffs, ({ day }) => day), cutoffs.map(({ role }) => role)];
}

function checkOutcomes(rows: ExampleRows, plan: CrossFitPlan): void {
  const lostAmong = (chosen: Int32Array) => chosen.reduce((sum, row) => sum + rows.labels[row], 0);
  for (const [what, chosen] of [
    ['training', plan.validationRows],
    ['test', plan.testRows],
  ] as const) {
    const lost = lostAmong(chosen);
    if (lost > 0 && lost < chosen.length) continue;
    throw new NothingToLearnError(
      `Of the ${chosen.length} ${what} examples ${lost} are lost: both outcomes are needed. Give a longer log, more users, or a longer --horizon.`,
      { examples: chosen.length, lost },
    );
  }
}

/** A fit a fold, and one on every row. */
function fitTasks(name: LearnerName, plan: CrossFitPlan, rows: number, seed: number): FitTask[] {
  const learner = learners[name];
  const task = { learner: name, settings: learner.defaults, seed } as Omit<
    FitTask,
    'trainRows' | 'predictRows'
  >;
  const everyRow = Int32Array.from({ length: rows }, (_, row) => row);
  return [
    ...plan.fits.map(({ trainRows, predictRows }) => ({ ...task, trainRows, predictRows }) as FitTask),
    { ...task, trainRows: everyRow, predictRows: new Int32Array(0) } as FitTask,
  ];
}

type Decided = Omit<Judged, 'test' | 'overBaseline'>;

function decide(
  name: LearnerName,
  fits: readonly FitResult[],
  plan: CrossFitPlan,
  examples: Examples,
): Decided {
  const probabilities = new Float64Array(examples.labels.length).fill(Number.NaN);
  plan.fits.forEach(({ predictRows }, k) => {
    predictRows.forEach((row, i) => {
      probabilities[row] = fits[k].predictions[i];
    });
  });
  const validation = pick(probabilities, plan.validationRows);
  const labels = pickLabels(examples.labels, plan.validationRows);
  const last = fits[fits.length - 1];
  return {
    name,
    title: learners[name].title,
    model: last.model,
    foldModels: fits.slice(0, -1).map((fit) => fit.model),
    probabilities,
    threshold: chooseThreshold(labels, validation).threshold,
    validationLogLoss: evaluate(labels, validation, 0.5).logLoss,
    fitSeconds: last.fitSeconds,
  };
}

function judge(
  one: Decided,
  base: Decided,
  plan: CrossFitPlan,
  examples: Examples,
  settings: LearnSettings,
): Judged {
  const labels = pickLabels(examples.labels, plan.testRows);
  const groups = Int32Array.from(plan.testRows, (row) => examples.groups[row]);
  const decisions = ({ probabilities, threshold }: Decided) => ({
    probabilities: pick(probabilities, plan.testRows),
    threshold,
  });
  const { seed, replicates } = settings;
  const own = decisions(one);
  return {
    ...one,
    test: bootstrapMetrics(labels, own.probabilities, groups, own.threshold, { seed, replicates }),
    overBaseline: pairedDifference(labels, own, decisions(base), groups, { seed, replicates }),
  };
}

export function pick(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]);
}

export function pickLabels(labels: Uint8Array, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]);
}
