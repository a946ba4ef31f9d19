export interface AtRisk {
  readonly users: number;
  /** Users whose probability reaches the threshold. */
  readonly flagged: number;
  /** Sum of the probabilities: losses to expect if they are calibrated. */
  readonly expectedLosses: number;
}

export function countAtRisk(probability: Float64Array, threshold: number): AtRisk {
  let flagged = 0;
  let expectedLosses = 0;
  for (const p of probability) {
    if (p >= threshold) flagged++;
    if (Number.isFinite(p)) expectedLosses += p;
  }
  return { users: probability.length, flagged, expectedLosses };
}
