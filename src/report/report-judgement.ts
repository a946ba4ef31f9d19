import type { Interval } from '../evaluation/intervals.ts';

/** How learners were set apart, chosen, calibrated and compared. */
export interface ReportJudgement {
  /** Who learned from whom: a picture of users (folds) by time (cutoffs). */
  readonly split: {
    /** By fold of users, how many it has. */
    readonly usersByFold: readonly number[];
    /** How the learner was chosen; `same-cutoffs` where the log is too short for more. */
    readonly order: 'expanding' | 'same-cutoffs';
    /** Why so, in words. */
    readonly words: string;
    /** Days: fitted on cutoffs up to `learnedTo`, judged at those from `from` to `to`; none with `same-cutoffs`. */
    readonly windows: readonly { readonly learnedTo: string; readonly from: string; readonly to: string }[];
  };
  /** A model each, in the order of `models`. */
  readonly calibration: readonly {
    readonly model: string;
    /** What is delivered. */
    readonly calibrator: ReportCalibratorName;
    /** By log loss on validation rows: `excess` is that over the least, `error` its standard error over users. */
    readonly candidates: readonly {
      readonly calibrator: ReportCalibratorName;
      readonly logLoss: number;
      readonly excess: number;
      readonly error: number;
    }[];
    /** On test rows, as the learner left it and as it is delivered. */
    readonly before: ReportCalibrationFit;
    readonly after: ReportCalibrationFit;
  }[];
  /** Every pair of models on test rows, the same users drawn for both. */
  readonly differences: readonly {
    readonly model: string;
    readonly against: string;
    readonly metric: string;
    /** Of `model` less that of `against`. */
    readonly difference: Interval;
    /** Limits that hold for all pairs of this metric together in 95 % of samples. */
    readonly together: { readonly low: number; readonly high: number };
    /** The better one, where `together` leaves 0 out. */
    readonly better: string | null;
  }[];
  /** The chosen model by group of users on test rows. */
  readonly groups: readonly {
    readonly attribute: string;
    readonly group: string;
    readonly users: number;
    readonly rows: number;
    readonly lost: number;
    readonly rocAuc: Interval;
    readonly averagePrecision: Interval;
    readonly brier: Interval;
    /** Mean probability less the share lost. */
    readonly bias: Interval;
    /** Too few users of an outcome for the intervals to mean much. */
    readonly isTooSmall: boolean;
  }[];
}

type ReportCalibratorName = 'none' | 'platt' | 'beta' | 'isotonic';

export interface ReportCalibrationFit {
  readonly expectedCalibrationError: number;
  readonly logLoss: number;
  readonly brier: number;
  /** 0 is best; above it, more are lost than predicted. */
  readonly intercept: Interval;
  /** 1 is best; below it, predictions are too far apart. */
  readonly slope: Interval;
  readonly curve: readonly {
    readonly predicted: number;
    readonly observed: Interval;
    readonly examples: number;
  }[];
}
