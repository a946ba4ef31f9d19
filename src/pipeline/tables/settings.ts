import { type LearnerName, type LearnerSettings, learners, readsHistory } from '../../models/learners.ts';
import { defaultPreparation, type PreparationSettings } from '../../models/preparation/settings.ts';
import { type CombinationName, combinations } from '../../models/stack/combinations.ts';
import type { CalibrationSetting } from '../calibration-setting.ts';
import type { TuningSettings } from '../settings.ts';
import type { ColumnRoles } from './column-roles.ts';

/** What a table may be learned from with: learners that need no log, and combinations of them. */
export type TableLearnerName = Exclude<LearnerName, 'baseline' | 'temporal-convolution'> | CombinationName;

export const tableLearnerNames: readonly TableLearnerName[] = [
  ...(Object.keys(learners) as LearnerName[]).filter(needsNoLog),
  ...(Object.keys(combinations) as CombinationName[]),
];

function needsNoLog(name: LearnerName): name is Exclude<TableLearnerName, CombinationName> {
  return name !== 'baseline' && !readsHistory(name);
}

/** What is done to every learner's columns. */
export type TablePreparation = Omit<PreparationSettings, 'takesCategories'>;

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
  readonly preparation: TablePreparation;
  /** From which probability up a row is decided to be positive; 'best-f1' is chosen by cross-validation. */
  readonly threshold: number | 'best-f1';
  readonly folds: number;
  /** What probabilities are put right by; 'auto' chooses by cross-validation. Without folds nothing is. */
  readonly calibration: CalibrationSetting;
  /** Choose what `changes` leaves open by cross-validation; by default each learner has its defaults. */
  readonly tuning?: TuningSettings;
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
  calibration: 'auto',
  replicates: 1000,
  seed: 1,
  force: false,
} satisfies Partial<FitTableSettings>;

/** Learners that split on sets of levels, or learn what levels have in common, by themselves. */
export const takesCategories: ReadonlySet<string> = new Set([
  'random-forest',
  'gradient-boosting',
  'extra-trees',
  'decision-tree',
  'multilayer-perceptron',
]);

/** How a learner's columns are made. */
export function preparationFor(
  { learner }: LearnerSettings,
  settings: TablePreparation,
): PreparationSettings {
  return { ...settings, takesCategories: takesCategories.has(learner) };
}
