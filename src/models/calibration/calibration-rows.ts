/** What a model said of rows that it had not learned from, and what became of them. */
export interface CalibrationRows {
  /** Log-odds, none beyond `LARGEST_LOG_ODDS` in size. */
  readonly logOdds: Float64Array;
  /** 1 = lost, 0 = stayed; both must be there. */
  readonly labels: Uint8Array;
  /** How much each row counts, none below 0; all alike where absent. */
  readonly weights?: Float64Array | undefined;
}
