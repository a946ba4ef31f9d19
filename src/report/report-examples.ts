import type { Interval } from '../evaluation/intervals.ts';

/** Features of the examples of one cutoff by outcome: a row a user. Values have four significant digits; the files hold all. */
export interface ReportExamples {
  /** UTC date of the cutoff. */
  readonly day: string;
  readonly users: number;
  readonly lost: number;
  /** The one that tells the outcomes apart best first. */
  readonly features: readonly ReportFeature[];
  readonly correlations: {
    readonly names: readonly string[];
    /** Spearman's, by row and column. */
    readonly matrix: readonly (readonly number[])[];
  };
}

export interface ReportFeature {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
  /** Chance that a lost user's value is above that of one who stayed. */
  readonly auc: Interval;
  readonly lost: ReportOutcome;
  readonly stayed: ReportOutcome;
  /** Of the bins, one more than there are counts; the outer bins also hold what is beyond. */
  readonly edges: readonly number[];
}

export interface ReportOutcome {
  /** Users with a value, and without. */
  readonly known: number;
  readonly missing: number;
  readonly mean: number;
  /** At 0, 0.05 … 1. */
  readonly quantiles: readonly number[];
  /** Users by bin. */
  readonly counts: readonly number[];
}
