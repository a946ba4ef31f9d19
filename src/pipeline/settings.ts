import type { Outcome } from '../definition/outcomes.ts';
import type { Definition } from '../definition/schema.ts';
import { sparkify } from '../definition/sparkify.ts';
import { UsageError } from '../errors.ts';
import { type CutoffSettings, defaultCutoffs } from '../features/cutoffs.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import { checkTuningLimits, type TuningLimits } from '../tuning/limits.ts';
import type { CalibrationSetting } from './calibration-setting.ts';
import { checkCombinations, isClusterLearner, type RunLearnerName } from './learner-names.ts';
import { checkOutcomes } from './outcomes/chosen-outcomes.ts';
import type { OwnTableSpec } from './own-tables/own-table-spec.ts';

/** How a log is read. */
export interface ReadSettings {
  /** Files, folders and globs. */
  readonly log: readonly string[];
  readonly definition: Definition;
  readonly maxBadRows: BadRowLimit;
  /** Memory for the embedded engine, such as `4GB`; by default most of the machine's. */
  readonly memory?: string;
  /** The cluster to compute on; by default the embedded engine computes in this process. */
  readonly spark?: SparkTarget;
}

/** A Spark Connect server. */
export interface SparkTarget {
  /** `sc://HOST:PORT`, with parameters as Spark's clients write them. */
  readonly remote: string;
  readonly token?: string;
  /** URL of a folder that the whole cluster can write, for intermediate tables; by default the server's warehouse. */
  readonly work?: string;
}

/** How a run learns and judges. */
export interface LearnSettings extends CutoffSettings {
  readonly protocol: 'forecast' | 'retrospective';
  /** What is forecast; absent: the definition's loss. */
  readonly outcome?: Outcome;
  readonly seed: number;
  /** Parts that the users are divided into for cross-fitting. */
  readonly folds: number;
  /** Last cutoffs that are kept for the test; by default a quarter of them, at least one. */
  readonly testCutoffs?: number;
  readonly learners: readonly RunLearnerName[];
  /** What probabilities are put right by; 'auto' chooses on validation rows. */
  readonly calibration: CalibrationSetting;
  /** Choose the settings of every learner by the validation rows; by default each has its own defaults. */
  readonly tuning?: TuningSettings;
  /** Examples that a cluster may send here at most. */
  readonly maxExamples: number;
  /** Examples that one fit learns from at most: beyond, all of the rarer outcome and a weighted sample of the other. */
  readonly maxFitExamples: number;
  /** Bootstrap replicates for the intervals. */
  readonly replicates: number;
}

/** How long to look for settings. */
export interface TuningSettings extends TuningLimits {
  /** Where trials are kept as they end, so that a search that was interrupted goes on from there. */
  readonly trialsFile?: string;
}

export interface RunSettings extends ReadSettings, LearnSettings {
  readonly out: string;
  /** Replace an earlier run in `out`. */
  readonly force: boolean;
  /**
   * Outcomes of the definition by name, by default the loss alone. The first is the run's own; each other one has a folder
   * `outcomes/NAME`, which is as good as a run's.
   */
  readonly outcomes?: readonly string[];
  /** Tables of one's own, joined to the examples by user and, where dated, as of the cutoff. */
  readonly own?: readonly OwnTableSpec[];
  /** Audit by every check; by default by those that cost little. */
  readonly fullAudit?: boolean;
  /** Measure by learning curves and an ablation whether the data suffice; by default a rule of thumb says it. */
  readonly sufficiency?: boolean;
  /** Where the cluster shall keep ledger and scores: the URL of a folder, or `table:NAME`. */
  readonly publish?: string;
}

export const defaultReadSettings = {
  definition: sparkify,
  maxBadRows: { share: 0.01 },
} satisfies Partial<ReadSettings>;

export const defaultLearnSettings: LearnSettings = {
  ...defaultCutoffs,
  protocol: 'forecast',
  seed: 1,
  folds: 5,
  learners: ['logistic-regression', 'random-forest', 'gradient-boosting'],
  calibration: 'auto',
  maxExamples: 1_000_000,
  maxFitExamples: 20_000,
  replicates: 1000,
};

/** @throws UsageError for what cannot be had together, before any work is done. */
export function checkRunSettings(settings: RunSettings): void {
  const { learners, protocol, spark, publish, tuning, sufficiency } = settings;
  if (tuning !== undefined) checkTuningLimits(tuning);
  if (protocol === 'retrospective' && sufficiency === true) {
    throw new UsageError(
      'Whether data suffice is measured of forecasts: leave out --sufficiency, or --protocol retrospective.',
      { protocol },
    );
  }
  const onCluster = learners.filter(isClusterLearner);
  if (spark === undefined && onCluster.length > 0) {
    throw new UsageError(`${onCluster.join(', ')}: Spark's learners need --engine spark.`, { learners });
  }
  checkCombinations(learners);
  checkOutcomes(settings);
  checkPublish(spark, publish);
}

/** @throws UsageError where no cluster could keep what is to be published. */
export function checkPublish(spark: SparkTarget | undefined, publish: string | undefined): void {
  if (spark !== undefined || publish === undefined) return;
  throw new UsageError(
    `Cannot publish to ${publish}: the embedded engine writes to --out alone. Use --engine spark.`,
    { publish },
  );
}
