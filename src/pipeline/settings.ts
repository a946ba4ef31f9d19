import type { Definition } from '../definition/schema.ts';
import { sparkify } from '../definition/sparkify.ts';
import { type CutoffSettings, defaultCutoffs } from '../features/cutoffs.ts';
import type { BadRowLimit } from '../ingest/accounting.ts';
import type { RunLearnerName } from './learner-names.ts';

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
  readonly seed: number;
  /** Parts that the users are divided into for cross-fitting. */
  readonly folds: number;
  /** Last cutoffs that are kept for the test; by default a quarter of them, at least one. */
  readonly testCutoffs?: number;
  readonly learners: readonly RunLearnerName[];
  /** Try the settings of Spark's learners on the validation rows, and take the best. */
  readonly tune: boolean;
  /** Examples that a cluster may send here at most. */
  readonly maxExamples: number;
  /** Bootstrap replicates for the intervals. */
  readonly replicates: number;
}

export interface RunSettings extends ReadSettings, LearnSettings {
  readonly out: string;
  /** Replace an earlier run in `out`. */
  readonly force: boolean;
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
  tune: false,
  maxExamples: 1_000_000,
  replicates: 1000,
};
