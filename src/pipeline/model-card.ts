import { outcomeInWords } from '../definition/outcomes.ts';
import type { Interval } from '../evaluation/intervals.ts';
import { type MetricName, metricNames } from '../evaluation/metrics.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { dateOf } from '../features/cutoffs.ts';
import { dayMillis } from '../ledger/columns.ts';
import { aboutModel, type CardImportance, type CardModel, mostImportant } from './card-parts.ts';
import type { Learned } from './learn.ts';
import { sha256 } from './manifest.ts';
import { modelFileText } from './model-file.ts';
import type { ReadLog } from './read-log.ts';
import type { RunSettings } from './settings.ts';

/**
 * What whoever uses a model must know of it (Mitchell et al. 2019, "Model Cards for Model Reporting"), as plain data. Numbers that
 * are undefined are NaN here, and null in JSON.
 */
export interface ModelCard {
  readonly model: CardModel;
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
  readonly importance: readonly CardImportance[];
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
    model: ofRun(settings, learned),
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
    importance: mostImportant(importance),
  };
}

function ofRun(settings: RunSettings, { chosen, judged, tuning }: Learned): CardModel {
  const tuned = tuning?.tuned.get(chosen.name);
  return aboutModel(chosen, {
    changes: tuned?.settings ?? {},
    trials: tuned?.trials.length ?? 0,
    // The baseline, which stands first, is in no combination.
    single: judged.slice(1).map(({ name }) => name),
    sha256: sha256(modelFileText(settings, chosen)),
    seed: settings.seed,
  });
}
