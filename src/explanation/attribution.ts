/** Why each row is predicted as it is: base + Σⱼ columns[j][i] is row i's prediction, before calibration, in the stated unit. */
export interface Attribution {
  /** Log-odds, or for a random forest, which averages probabilities, probability. */
  readonly unit: 'log-odds' | 'probability';
  /** The prediction that contributions are counted from. */
  readonly base: number;
  /** The model's features, and what it reads of days. */
  readonly names: readonly string[];
  /** By name: what each row had of a feature that is no column of the matrix; absent where all are. */
  readonly values?: ReadonlyMap<string, Float64Array>;
  /** By feature: its contribution to each row. */
  readonly columns: readonly Float64Array[];
}
