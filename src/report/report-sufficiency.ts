import type { Interval } from '../evaluation/intervals.ts';

/** Whether the data suffice to learn and to judge a forecast, as the page shows it. */
export interface ReportSufficiency {
  readonly verdict: ReportAdequacy;
  /** The verdict in a sentence. */
  readonly words: string;
  /** The verdict is the worst of these; each in a sentence or two, with figures and what was wanted. */
  readonly criteria: readonly {
    readonly criterion: 'precision' | 'comparison' | 'learning';
    readonly verdict: ReportAdequacy;
    readonly words: string;
  }[];
  /** How closely tests with so many lost users know the ROC AUC, by rising number (Hanley and McNeil 1982). */
  readonly precision: readonly {
    readonly lostUsers: number;
    /** Of the 95 % interval. */
    readonly halfWidth: number;
    /** Smallest difference that shows in 4 of 5 cases. */
    readonly smallestDifference: number;
    readonly isThis: boolean;
  }[];
  /** Absent where the run was not asked to measure (`--sufficiency`). */
  readonly measured?: ReportMeasuredSufficiency;
}

type ReportAdequacy = 'insufficient' | 'borderline' | 'sufficient';

interface ReportMeasuredSufficiency {
  /** Title of the learner that was used throughout. */
  readonly learner: string;
  readonly curves: readonly ReportLearningCurve[];
  readonly ablation: readonly ReportAblation[];
  /** What the ablation shows for certain, in sentences. */
  readonly ablationFindings: readonly string[];
}

/** How well the same test rows are ranked by a learner that was given less; the last point is all that there is. */
export interface ReportLearningCurve {
  readonly of: 'users' | 'training cutoffs' | 'days looked back';
  readonly points: readonly {
    /** Users, cutoffs or days. */
    readonly amount: number;
    readonly examples: number;
    readonly lostUsers: number;
    readonly rocAuc: ReportComparedMetric;
    readonly averagePrecision: ReportComparedMetric;
  }[];
}

/** A group of features left out, or used alone, on the same test rows. */
export interface ReportAblation {
  readonly kind: 'theme' | 'window';
  readonly group: string;
  readonly use: 'without' | 'only';
  readonly features: number;
  readonly rocAuc: ReportComparedMetric;
  readonly averagePrecision: ReportComparedMetric;
}

/** A metric with its interval, the values of single draws, and its difference from that of all users or features. */
interface ReportComparedMetric extends Interval {
  readonly draws: readonly number[];
  /** Below 0 where less is worse. */
  readonly difference: Interval;
  /** The difference again, with limits that hold for all rows of the table together. */
  readonly simultaneous: Interval;
}
