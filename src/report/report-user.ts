/** One user at risk, as the page shows them. The list of all, likeliest first, is packed beside the record. */
export interface ReportUser {
  /** A pseudonym, or the log's own name. */
  readonly name: string;
  readonly probability: number;
  /** As of the last day on which it is known; '' where it never is. */
  readonly plan: string;
  readonly device: string;
  /** What raises the score the most, in words, strongest first. */
  readonly reasons: readonly string[];
  /** Largest first; `feature` is an index into the features of `ReportScores`. */
  readonly contributions: readonly {
    readonly feature: number;
    readonly value: number;
    readonly contribution: number;
  }[];
  /** The sum of all contributions that are not listed. */
  readonly others: number;
  readonly days: readonly ReportUserDay[];
  /** Probability of being lost by each day of the record's `riskByDay`; empty where it has none. */
  readonly risk: readonly number[];
}

/** A day on which the user was there. */
export interface ReportUserDay {
  /** Days since the first of the log. */
  readonly day: number;
  /** As many as the measures of `ReportScores`. */
  readonly counts: readonly number[];
  readonly plan: string;
}

/** What is common to all scores. */
export interface ReportScores {
  /** UTC date up to whose start events were used. */
  readonly day: string;
  /** In which contributions are counted: base and contributions add up to the score. */
  readonly unit: 'log-odds' | 'probability';
  readonly base: number;
  readonly features: readonly ReportScoreFeature[];
  /** What is counted of each user's days. */
  readonly measures: readonly ReportUserMeasure[];
  /** UTC date. */
  readonly firstDay: string;
}

export interface ReportScoreFeature {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
  /** Days before `day` that it looks back on; absent where on all. */
  readonly days?: number;
  /** Of all who were scored; NaN where none has a value. */
  readonly median: number;
}

/** `kind` says how it is drawn: as the level of activity, as a reaction, or as a mark that stands out. */
export interface ReportUserMeasure {
  readonly column: string;
  readonly title: string;
  readonly kind: 'activity' | 'reaction' | 'mark';
}
