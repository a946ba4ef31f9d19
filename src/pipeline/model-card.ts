import { outcomeInWords } from '../definition/outcomes.ts';
import type { Interval } from '../evaluation/intervals.ts';
import { type MetricName, metricNames } from '../evaluation/metrics.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { dateOf } from '../features/cutoffs.ts';
import { dayMillis } from '../ledger/columns.ts';
import { type UncalibratedModel, withoutCalibration } from '../models/calibration/model.ts';
import { withSettings } from '../models/learners.ts';
import { clusterLearners } from '../spark-ml/learners.ts';
import type { CalibrationName } from './calibration-setting.ts';
import type { Judged } from './judge-learners.ts';
import type { Learned } from './learn.ts';
import { isClusterLearner, isOwnLearner } from './learner-names.ts';
import { sha256, version } from './manifest.ts';
import { modelFileText } from './model-file.ts';
import type { ReadLog } from './read-log.ts';
import type { RunSettings } from './settings.ts';

/**
 * What whoever uses a model must know of it (Mitchell et al. 2019, "Model Cards for Model Reporting"), as plain data. Numbers that
 * are undefined are NaN here, and null in JSON.
 */
export interface ModelCard {
  readonly model: {
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
  };
  readonly prediction: {
    readonly protocol: RunSettings['protocol'];
    readonly leadDays: number;
    readonly horizonDays: number;
    readonly loss: readonly string[];
    /** A user counts as about to leave from this probability up. */
    readonly threshold: number;
  };
  readonly data: {
    readonly definition: string;
    readonly note: string | undefined;
    readonly firstDay: string;
    readonly lastDay: string;
    readonly events: number;
    readonly users: number;
    readonly usersLost: number;
    readonly cutoffs: readonly CutoffCount[];
  };
  /** On test rows, with 95 % intervals. */
  readonly evaluation: readonly JudgedMetric[];
  /** The features whose permutation costs the most average precision on test rows. */
  readonly importance: readonly ({ readonly feature: string } & Interval)[];
}

interface CutoffCount {
  readonly day: string;
  readonly role: string;
  readonly examples: number;
  readonly lost: number;
}

interface JudgedMetric {
  readonly metric: MetricName;
  readonly model: Interval;
  /** The model's less the baseline's. */
  readonly overBaseline: Interval;
}

const MOST_IMPORTANT = 10;

/** The card of the model that a run chose. Nothing in it depends on the machine. */
export function modelCard(
  settings: RunSettings,
  { span, users, lost, ingested }: ReadLog,
  learned: Learned,
  importance: readonly PermutationImportance[],
): ModelCard {
  const { protocol, leadDays, horizonDays, definition, outcome } = settings;
  const { chosen, cutoffs } = learned;
  const dayOf = (time: number) => dateOf(Math.floor(time / dayMillis));
  return {
    model: aboutModel(settings, learned),
    prediction: {
      ...{ protocol, leadDays, horizonDays },
      loss: outcome === undefined ? definition.loss.actions : [outcomeInWords(outcome, definition)],
      threshold: chosen.threshold,
    },
    data: {
      definition: definition.name,
      note: definition.note,
      firstDay: dayOf(span.first),
      lastDay: dayOf(span.last),
      events: ingested.accounting.accepted,
      users,
      usersLost: lost,
      cutoffs: cutoffs.map(({ day, role, examples, lost }) => ({ day: dateOf(day), role, examples, lost })),
    },
    evaluation: metricNames.map((metric) => ({
      metric,
      model: chosen.test.intervals[metric],
      overBaseline: chosen.overBaseline.intervals[metric],
    })),
    importance: importance
      .slice(0, MOST_IMPORTANT)
      .map(({ name, value, low, high }) => ({ feature: name, value, low, high })),
  };
}

function aboutModel(settings: RunSettings, { chosen, judged, tuning }: Learned): ModelCard['model'] {
  const { name, title, calibration } = chosen;
  const model = withoutCalibration(chosen.model);
  const tuned = tuning?.tuned.get(name);
  return {
    learner: name,
    title,
    kind: model.kind,
    features: model.features.length,
    sha256: sha256(modelFileText(settings, chosen)),
    refrain: version,
    seed: settings.seed,
    settings: settingsOf(name, tuned?.settings ?? {}),
    members: model.kind === 'stack' ? weightsOf(judged, model.coefficients) : [],
    calibration: calibration.name,
    trials: tuned?.trials.length ?? 0,
  };
}

function settingsOf(
  name: Judged['name'],
  changes: Readonly<Record<string, unknown>>,
): ModelCard['model']['settings'] {
  if (isOwnLearner(name)) return withSettings(name, changes).settings;
  return isClusterLearner(name) ? { ...clusterLearners[name].defaults, ...changes } : {};
}

/** Members stand in the order of the learners, the baseline left out. */
function weightsOf(judged: readonly Judged[], weights: readonly number[]): ModelCard['model']['members'] {
  const members = judged.slice(1, weights.length + 1);
  return members.map(({ name }, m) => ({ learner: name, weight: weights[m] }));
}
