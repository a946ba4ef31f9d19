import { type LearnerName, type LearnerSettings, learners, readsHistory } from '../../models/learners.ts';
import { defaultPreparation, type PreparationSettings } from '../../models/preparation/settings.ts';
import type { ColumnRoles } from './training-table.ts';

/** What a table may be learned from with: learners that need no log, and a stack of them. */
export type TableLearnerName = Exclude<LearnerName, 'baseline' | 'temporal-convolution'> | 'stack';

export const tableLearnerNames: readonly TableLearnerName[] = [
  ...(Object.keys(learners) as LearnerName[]).filter(needsNoLog),
  'stack',
];

function needsNoLog(name: LearnerName): name is Exclude<TableLearnerName, 'stack'> {
  return name !== 'baseline' && !readsHistory(name);
}

export interface FitTableSettings extends ColumnRoles {
  /** Parquet or CSV. */
  readonly table: string;
  /** Rows to judge by; without them, by cross-validation. */
  readonly test?: string;
  readonly out: string;
  readonly force: boolean;
  readonly learners: readonly TableLearnerName[];
  /** By learner: settings other than its defaults. */
  readonly changes: Readonly<Partial<Record<string, Readonly<Record<string, unknown>>>>>;
  readonly preparation: PreparationSettings;
  /** From which probability up a row is decided to be positive; 'best-f1' is chosen by cross-validation. */
  readonly threshold: number | 'best-f1';
  readonly folds: number;
  readonly replicates: number;
  readonly seed: number;
  /** Memory for the embedded engine, such as `4GB`. */
  readonly memory?: string;
}

export const defaultFitSettings = {
  drop: [],
  category: [],
  learners: ['logistic-regression', 'random-forest', 'gradient-boosting'],
  changes: {},
  preparation: defaultPreparation,
  threshold: 'best-f1',
  folds: 5,
  replicates: 1000,
  seed: 1,
  force: false,
} satisfies Partial<FitTableSettings>;

/** Learners that split on sets of levels, or learn what levels have in common, by themselves. */
const takesCategories: ReadonlySet<string> = new Set([
  'random-forest',
  'gradient-boosting',
  'multilayer-perceptron',
]);

/** How a learner's columns are made: what takes categories as they are gets them so, unless another way is asked for. */
export function preparationFor(
  { learner }: LearnerSettings,
  settings: PreparationSettings,
): PreparationSettings {
  return settings.encode === 'auto' && takesCategories.has(learner)
    ? { ...settings, encode: 'native' }
    : settings;
}
