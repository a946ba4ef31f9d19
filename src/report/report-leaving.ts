import type { Interval } from '../evaluation/intervals.ts';

/** When users leave, and what they did before. Shares are 0…1. */
export interface ReportLeaving {
  readonly survival: readonly ReportGroupSurvival[];
  readonly beforeLoss: ReportBeforeLoss;
  readonly cohorts: ReportCohorts;
  /** What came first, where there is more to come than the loss; empty otherwise. */
  readonly incidence: readonly ReportIncidence[];
}

/** The share of users to whom an outcome came before any other (Aalen–Johansen), by days since the log first saw them. */
export interface ReportIncidence {
  /** In words, a singular noun. */
  readonly outcome: string;
  /** To whom it came first. */
  readonly users: number;
  /** After each day on which it came to anyone, and at the end. */
  readonly curve: ReportShareCurve;
}

/** A share of users by days, by column, with its 95 % limits. */
export interface ReportShareCurve {
  readonly day: readonly number[];
  readonly atRisk: readonly number[];
  readonly share: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Kaplan–Meier estimates of staying by the values of one attribute. */
export interface ReportGroupSurvival {
  readonly attribute: string;
  /** Of the log-rank test that all groups are lost alike. */
  readonly p: number;
  readonly groups: readonly {
    readonly value: string;
    readonly users: number;
    readonly lost: number;
    /** The estimate after each day with a loss, and at the end. */
    readonly curve: ReportShareCurve;
  }[];
}

export interface ReportBeforeLoss {
  readonly lost: number;
  /** Seconds that `within` counts for. */
  readonly spans: readonly number[];
  readonly roles: readonly {
    /** What one such action is called. */
    readonly action: string;
    /** In the whole log. */
    readonly actions: number;
    /** Of the lost, whose last action it was. */
    readonly last: number;
    readonly share: Interval;
    /** Of the lost, who had done it so shortly before, and ever. */
    readonly within: readonly number[];
    readonly ever: number;
  }[];
  /** Kinds of actions, the last first, and how many of the lost ended so; the commonest first. */
  readonly paths: readonly { readonly path: readonly string[]; readonly users: number }[];
  /** How many different paths there are. */
  readonly allPaths: number;
  /** Kinds of actions that followed each other in the paths' ends; `to` is absent where the loss followed. */
  readonly steps: readonly { readonly from: string; readonly to?: string; readonly users: number }[];
}

export interface ReportCohorts {
  readonly period: 'week' | 'month' | 'quarter' | 'year';
  readonly rows: readonly {
    /** UTC date YYYY-MM-DD of the first day of the period in which its users first came. */
    readonly start: string;
    readonly users: number;
    /** Users who came, by periods since then. */
    readonly active: readonly number[];
    /** Users lost by the end of the period, by periods since then. */
    readonly lost: readonly number[];
    /** Whether the log reaches the end of the last of them. */
    readonly complete: boolean;
  }[];
}
