import type { Interval } from '../evaluation/intervals.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { type UncalibratedModel, withoutCalibration } from '../models/calibration/model.ts';
import { withSettings } from '../models/learners.ts';
import { clusterLearners } from '../spark-ml/learners.ts';
import type { CalibrationName } from './calibration-setting.ts';
import type { Decided } from './decide-learner.ts';
import { isClusterLearner, isOwnLearner } from './learner-names.ts';
import { version } from './manifest.ts';

/** What a card tells of the model itself. */
export interface CardModel {
  readonly learner: string;
  readonly title: string;
  readonly kind: UncalibratedModel['kind'];
  readonly features: number;
  /** Of `model.json`. */
  readonly sha256: string;
  readonly refrain: string;
  readonly seed: number;
  /** The learner's; of a combination none. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of a combination: the weight of each member's log-odds. */
  readonly members: readonly { readonly learner: string; readonly weight: number }[];
  /** What puts its probabilities right; chosen on validation rows. */
  readonly calibration: CalibrationName;
  /** Settings that were tried; 0 where the learner kept its defaults. */
  readonly trials: number;
}

/** How much average precision falls when a feature is permuted. */
export type CardImportance = { readonly feature: string } & Interval;

/** What a card must be told beside the model. */
interface Making {
  /** Settings that are not the learner's defaults. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly trials: number;
  /** The learners that a combination may be of, in their order. */
  readonly single: readonly string[];
  readonly sha256: string;
  readonly seed: number;
}

/** What a card tells of a model, as it was decided. */
export function aboutModel(
  { name, title, calibration, model }: Pick<Decided, 'name' | 'title' | 'calibration' | 'model'>,
  { changes, trials, single, sha256, seed }: Making,
): CardModel {
  const within = withoutCalibration(model);
  return {
    learner: name,
    title,
    kind: within.kind,
    features: within.features.length,
    sha256,
    refrain: version,
    seed,
    settings: settingsOf(name, changes),
    members:
      within.kind === 'stack' ? within.coefficients.map((weight, m) => ({ learner: single[m], weight })) : [],
    calibration: calibration.name,
    trials,
  };
}

const MOST_IMPORTANT = 10;

/** The features that matter most. @param importance the most important first. */
export function mostImportant(importance: readonly PermutationImportance[]): CardImportance[] {
  return importance
    .slice(0, MOST_IMPORTANT)
    .map(({ name, value, low, high }) => ({ feature: name, value, low, high }));
}

function settingsOf(name: Decided['name'], changes: Making['changes']): CardModel['settings'] {
  if (isOwnLearner(name)) return withSettings(name, changes).settings;
  return isClusterLearner(name) ? { ...clusterLearners[name].defaults, ...changes } : {};
}
