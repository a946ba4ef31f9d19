import type { Interval } from '../evaluation/intervals.ts';

/** What the chosen model does with what it sees, on test rows; and what linear models weigh. */
export interface ReportExplanation {
  readonly attributions: ReportAttributions;
  /** Of the most important features, in their order. */
  readonly effects: readonly {
    readonly feature: string;
    readonly partialDependence: ReportCurve;
    readonly accumulatedLocalEffects: ReportCurve;
  }[];
  /** Strongest first; `strength` in probability, `share` is Friedman's H². */
  readonly interactions: readonly {
    readonly first: string;
    readonly second: string;
    readonly share: number;
    readonly strength: number;
  }[];
  readonly coefficients: readonly ReportCoefficients[];
}

/** Contributions of the features that move the predictions the most, strongest first. */
export interface ReportAttributions {
  readonly unit: 'log-odds' | 'probability';
  readonly rows: number;
  readonly features: readonly {
    readonly feature: string;
    readonly meanAbsolute: number;
    /** Parts of equally many rows by rising contribution, or the rows themselves where they are few: where each begins and ends. */
    readonly low: readonly number[];
    readonly high: readonly number[];
    /** Mean place of a part's rows among the feature's values, 0 = the least, 1 = the greatest; NaN where all are missing. */
    readonly level: readonly number[];
  }[];
}

/** Points of a curve with their 95 % intervals, by rising `x`, which is in the feature's unit. */
export interface ReportCurve {
  readonly x: readonly number[];
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A linear model's largest coefficients: change in log-odds for a standard deviation more of the term. */
export interface ReportCoefficients {
  readonly model: string;
  readonly title: string;
  /** Groups of users of which one each was left out: the source of the intervals. */
  readonly folds: number;
  readonly terms: readonly {
    readonly feature: string;
    /** The term is 1 where the feature has no value, and 0 elsewhere. */
    readonly isMissing: boolean;
    readonly coefficient: Interval;
  }[];
}

/** What each threshold would have decided on test rows: by falling threshold, the rows flagged that left and that stayed. */
export interface ReportThresholds {
  readonly threshold: readonly number[];
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  readonly lost: number;
  readonly stayed: number;
}

/** Test rows by predicted probability, in parts of equal width from 0 on. */
export interface ReportDistribution {
  readonly width: number;
  readonly lost: readonly number[];
  readonly stayed: readonly number[];
}

/** What was tried to find settings, learner after learner in the order tried. */
export interface ReportTrials {
  /** How the rows that fitted lie to those that judged, in a word. */
  readonly order: string;
  readonly learners: readonly {
    readonly learner: string;
    readonly title: string;
    readonly trials: readonly {
      readonly logLoss: number;
      readonly folds: number;
      readonly state: 'chosen' | 'complete' | 'stopped';
      readonly settings: string;
    }[];
  }[];
}

/** Every feature that the run knew of, by column. */
export interface ReportCatalogue {
  readonly name: readonly string[];
  readonly theme: readonly string[];
  readonly unit: readonly string[];
  readonly meaning: readonly string[];
  readonly formula: readonly string[];
}
