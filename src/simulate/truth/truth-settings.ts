/** What the truth is asked about. */
export interface TruthSettings {
  /** Days since 1970, rising. */
  readonly cutoffs: readonly number[];
  /** Days between a cutoff and the first day on which a loss counts. */
  readonly leadDays: number;
  /** Days in which a loss counts. */
  readonly horizonDays: number;
  /** Continuations a user and cutoff, at least 2. */
  readonly continuations: number;
}
