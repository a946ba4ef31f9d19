import type { ReportExamples } from './report-examples.ts';
import type {
  ReportCatalogue,
  ReportDistribution,
  ReportExplanation,
  ReportThresholds,
  ReportTrials,
} from './report-explanation.ts';
import type { ReportJudgement } from './report-judgement.ts';
import type { ReportLeaving } from './report-leaving.ts';
import type { ReportSufficiency } from './report-sufficiency.ts';
import type { ReportScores } from './report-user.ts';

/** A run as plain data: what the web app draws, inlined in `report.html` as JSON. Shares are 0…1, times epoch milliseconds. */
export interface ReportData {
  readonly meta: ReportMeta;
  readonly input: ReportInput;
  readonly log: ReportLog;
  readonly who: readonly ReportGroup[];
  readonly behaviour: readonly ReportMeasure[];
  /** Kaplan–Meier estimate of staying, by days since the log first saw the user. */
  readonly survival: readonly ReportSurvivalPoint[];
  readonly leaving: ReportLeaving;
  /** Absent when the log holds nothing to learn from; `nothingToLearn` then says why. */
  readonly learning?: ReportLearning;
  readonly nothingToLearn?: string;
}

/** A number with its 95 % interval. */
export interface ReportInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ReportMeta {
  readonly version: string;
  readonly definition: string;
  /** What a reader must know of the log, such as that it is simulated. */
  readonly note?: string;
  readonly createdAt: number;
  readonly seed: number;
  readonly protocol: 'forecast' | 'retrospective';
  readonly leadDays: number;
  readonly horizonDays: number;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  /** The command that makes the run again. */
  readonly repeat: string;
  /** Of what it was made with. */
  readonly versions: readonly { readonly name: string; readonly value: string }[];
  /** Words of this log: what a loss, a play, an item and a creator are called. */
  readonly words: {
    readonly loss: string;
    readonly play: string;
    readonly item: string;
    readonly creator: string;
  };
}

export interface ReportInput {
  readonly files: number;
  readonly bytes: number;
  readonly lines: number;
  readonly accepted: number;
  readonly anonymous: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly blank: number;
  /** Without a hash where only the engine could read the file. */
  readonly sources: readonly { readonly file: string; readonly bytes: number; readonly sha256?: string }[];
  readonly reasons: readonly {
    readonly reason: string;
    readonly lines: number;
    readonly example: { readonly file: string; readonly line: number; readonly text: string };
  }[];
  readonly nulls: readonly { readonly column: string; readonly nulls: number; readonly share: number }[];
}

export interface ReportLog {
  readonly firstEvent: number;
  readonly lastEvent: number;
  readonly users: number;
  readonly lost: number;
  readonly actions: readonly {
    readonly name: string;
    readonly rows: number;
    readonly users: number;
  }[];
  /** `day` is a UTC date, YYYY-MM-DD. */
  readonly days: readonly {
    readonly day: string;
    readonly events: number;
    readonly users: number;
    readonly plays: number;
    readonly losses: number;
  }[];
  /** Users, events and plays by day and the plan that a user had when it ended; the losses are no events here. */
  readonly plans: readonly {
    readonly plan: string;
    readonly days: readonly {
      readonly day: string;
      readonly users: number;
      readonly events: number;
      readonly plays: number;
    }[];
  }[];
  /** At the end of each day: users seen so far, active that day, seen in the last seven days and not lost, lost so far. */
  readonly coverage: readonly {
    readonly day: string;
    readonly seen: number;
    readonly active: number;
    readonly recent: number;
    readonly lost: number;
  }[];
  /** Good lines by each further column of the definition, anonymous ones included. */
  readonly dimensions: readonly {
    readonly name: string;
    readonly values: readonly {
      readonly value: string;
      readonly rows: number;
      readonly anonymous: number;
      readonly users: number;
    }[];
  }[];
  /** Accepted events by UTC hour, 24 numbers for each ISO weekday, Monday first. */
  readonly hoursByWeekday: readonly (readonly number[])[];
  readonly topCreators: readonly { readonly name: string; readonly plays: number; readonly users: number }[];
  readonly topItems: readonly { readonly name: string; readonly plays: number; readonly users: number }[];
}

/** Users and losses by one attribute (gender, plan, device, …), with Wilson intervals of the share lost. */
export interface ReportGroup {
  readonly attribute: string;
  readonly rows: readonly {
    readonly value: string;
    readonly users: number;
    readonly lost: number;
    readonly share: ReportInterval;
  }[];
}

/** One measure a user (sessions, songs, hours, …) by outcome. */
export interface ReportMeasure {
  readonly measure: string;
  readonly unit: string;
  readonly outcome: 'lost' | 'stayed';
  readonly users: number;
  readonly mean: number;
  readonly sd: number;
  readonly q05: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q95: number;
}

export interface ReportSurvivalPoint {
  readonly day: number;
  readonly atRisk: number;
  readonly lost: number;
  readonly staying: ReportInterval;
}

export interface ReportLearning {
  readonly cutoffs: readonly {
    readonly day: string;
    readonly role: 'train' | 'embargo' | 'test' | 'score';
    readonly examples: number;
    readonly lost: number;
  }[];
  readonly folds: number;
  readonly models: readonly ReportModel[];
  /** Name of the chosen model; the baseline's name is `baseline`. */
  readonly chosen: string;
  /** The chosen model on test rows, at the threshold chosen on validation rows. */
  readonly confusion: {
    readonly threshold: number;
    readonly truePositives: number;
    readonly falsePositives: number;
    readonly falseNegatives: number;
    readonly trueNegatives: number;
  };
  /** The chosen model's features, most important first. */
  readonly features: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly unit: string;
    readonly theme: string;
    /** Fall in average precision on test rows when the feature is permuted. */
    readonly importance: ReportInterval;
  }[];
  /** What the features do to the chosen model's predictions. */
  readonly explanation: ReportExplanation;
  /** Every feature that was computed. */
  readonly catalogue: ReportCatalogue;
  /** Absent where the learners kept their defaults. */
  readonly trials?: ReportTrials;
  /** What was looked at for leaks, and found. */
  readonly audit: ReportAudit;
  /** How learners were set apart, chosen, calibrated and compared. */
  readonly judgement?: ReportJudgement;
  /** Absent under the retrospective protocol. */
  readonly sufficiency?: ReportSufficiency;
  /** Absent under the retrospective protocol, and where too little was seen of what came after the cutoffs. */
  readonly riskByDay?: ReportRiskByDay;
  /** The features of the examples by outcome. */
  readonly examples?: ReportExamples;
  readonly scores: ReportScores;
}

/** When users may be lost: the probability of being lost by the end of so many days from the scoring day on. Each user's own is packed with them. */
export interface ReportRiskByDay {
  /** Rising, from 1 to 60 at most; day 1 is the scoring day itself. */
  readonly days: readonly number[];
  /** The last day that the log carries: for days beyond it too few users were watched, and what is said is an extrapolation. */
  readonly carriedDays: number;
  /** The mean of all users, by each of `days`. */
  readonly everyone: readonly number[];
  /** On test rows, censored losses weighed for. */
  readonly test: readonly {
    readonly metric: 'brier' | 'rocAuc';
    readonly day: number;
    readonly risk: ReportInterval;
    /** The same of one curve for everyone (Kaplan–Meier). */
    readonly everyone: number;
  }[];
  /** On test rows, by each day from day 1 on. */
  readonly curve: readonly {
    readonly day: number;
    /** Different users who were watched for the whole day, or lost on it. */
    readonly users: number;
    /** Mean of the rows' probabilities of being lost by its end. */
    readonly expected: number;
    /** The same of one curve for everyone. */
    readonly everyone: number;
    /** The share that was lost by then (Kaplan–Meier); absent where too few were watched. */
    readonly observed?: ReportInterval;
  }[];
}

export interface ReportAudit {
  readonly checks: readonly {
    readonly check: string;
    readonly verdict: 'passed' | 'found' | 'unknown' | 'not done';
    /** What was looked at, and then what was found. */
    readonly words: readonly string[];
  }[];
  /** The same learner, judged in several ways; empty where that was not asked for. */
  readonly prices: readonly {
    readonly title: string;
    readonly words: string;
    readonly rocAuc: ReportInterval;
    readonly averagePrecision: ReportInterval;
    readonly rows: number;
    readonly lost: number;
  }[];
}

export interface ReportModel {
  readonly name: string;
  readonly title: string;
  readonly fitSeconds: number;
  /** By metric: rocAuc, averagePrecision, f1, weightedF1, precision, recall, accuracy, logLoss, brier, topDecileLift. */
  readonly test: Readonly<Record<string, ReportInterval>>;
  /** The metric that models are chosen by, on validation rows. */
  readonly validationLogLoss: number;
  readonly roc: readonly { readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
  readonly precisionRecall: readonly { readonly recall: number; readonly precision: number }[];
  readonly gains: readonly { readonly share: number; readonly captured: number }[];
  readonly thresholds: ReportThresholds;
  /** Chosen on validation rows. */
  readonly threshold: number;
  readonly distribution: ReportDistribution;
  readonly calibration: readonly {
    readonly predicted: number;
    readonly observed: ReportInterval;
    readonly examples: number;
  }[];
}
