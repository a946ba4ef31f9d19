/** What a row of each label is fitted to: short of 0 and 1. */
export type PlattTargets = readonly [stayed: number, lost: number];

/**
 * Targets that leave room for what so few rows could not show (Platt 2000): 1 / (n₀ + 2) for rows of label 0 and
 * (n₁ + 1) / (n₁ + 2) for those of label 1. So a fit stays finite where outcomes are separated.
 * @param stayed weight of the rows of label 0; `lost` of those of label 1.
 */
export function plattTargets(stayed: number, lost: number): PlattTargets {
  return [1 / (stayed + 2), (lost + 1) / (lost + 2)];
}

/** The weights of the rows of each label. */
export function outcomeWeights(
  labels: Uint8Array,
  weights: Float64Array | undefined,
): [stayed: number, lost: number] {
  const sums: [number, number] = [0, 0];
  for (let i = 0; i < labels.length; i++) sums[labels[i]] += weights ? weights[i] : 1;
  return sums;
}
