import type { ReportInterval } from './report-data.ts';

/** Two runs side by side, as plain data for the web app. Pairs are of the first and the second run. */
export interface ComparisonData {
  readonly kind: 'comparison';
  readonly runs: readonly [ComparedRun, ComparedRun];
  /** Both read the same bytes. */
  readonly sameInput: boolean;
  readonly counts: readonly ComparedCount[];
  /** Only those that differ, by their place in the manifest. */
  readonly settings: readonly { readonly name: string; readonly first: string; readonly second: string }[];
  readonly features: ComparedFeatures;
  /** Of the chosen models on their own test rows. */
  readonly metrics: readonly {
    readonly metric: string;
    readonly first: ReportInterval;
    readonly second: ReportInterval;
  }[];
  /** Absent where one of the runs learned nothing. */
  readonly scores?: ComparedScores;
}

export interface ComparedRun {
  readonly name: string;
  readonly version: string;
  readonly createdAt: number;
  readonly definition: string;
  /** What a reader must know of the log, such as that it is simulated. */
  readonly note?: string;
  readonly firstEvent: number;
  readonly lastEvent: number;
  /** UTC date; absent where nobody was scored. */
  readonly scoreDay?: string;
  readonly chosenModel?: string;
}

export interface ComparedCount {
  readonly what: string;
  readonly unit: 'count' | 'bytes';
  readonly first: number;
  readonly second: number;
}

export interface ComparedFeatures {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Of those that both runs have, as of their scoring days, the most moved first. */
  readonly common: readonly ComparedFeature[];
}

export interface ComparedFeature {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
  readonly psi: number;
  /** Chance of such an index where nothing moved; compare it with 0.05 over the number of features. */
  readonly chance: number;
  readonly ks: number;
  readonly firstMedian: number;
  readonly secondMedian: number;
}

export interface ComparedScores {
  readonly pseudonyms: boolean;
  readonly firstUsers: number;
  readonly secondUsers: number;
  readonly bothUsers: number;
  /** Spearman's, of the probabilities of users in both. */
  readonly rankCorrelation: number;
  /** Of users in both. */
  readonly firstMean: number;
  readonly secondMean: number;
  /** How many users a top list has. */
  readonly top: number;
  readonly entered: readonly ComparedUser[];
  readonly left: readonly ComparedUser[];
  /** Users in both whose probability moved the most. */
  readonly movers: readonly ComparedUser[];
}

/** Ranks and probabilities are NaN in a run that did not score the user. */
export interface ComparedUser {
  readonly name: string;
  readonly firstRank: number;
  readonly secondRank: number;
  readonly firstProbability: number;
  readonly secondProbability: number;
}
