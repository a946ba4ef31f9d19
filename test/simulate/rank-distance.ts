/** A distribution as it was printed: the share of zeros and some quantiles. */
export interface Quantiles {
  readonly zeroShare: number;
  readonly points: readonly { readonly share: number; readonly value: number }[];
}

/**
 * How far a sample is from a printed distribution: the largest difference of ranks over its points, 0 … 1. Where many
 * values tie with a quantile, its share lies anywhere among theirs.
 */
export function rankDistance(values: readonly number[], { zeroShare, points }: Quantiles): number {
  const shareOf = (holds: (value: number) => boolean) => values.filter(holds).length / values.length;
  const atZero = Math.abs(shareOf((value) => value === 0) - zeroShare);
  const gaps = points.map(({ share, value }) => {
    const rounding = Math.abs(value) * 1e-9;
    const below = shareOf((one) => one < value - rounding);
    const upTo = shareOf((one) => one <= value + rounding);
    return Math.max(below - share, share - upTo);
  });
  return Math.max(atZero, ...gaps);
}

/** @param csv as in bench/fidelity/targets/: a line for each feature among those who stayed (0) and who left (1). */
export function parseQuantiles(
  csv: string,
): readonly (Quantiles & { readonly feature: string; readonly lost: number })[] {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => {
    const cell = (name: string) => cells[header.indexOf(name)];
    const shares = header.filter((name) => /^q\d\d$/.test(name));
    return {
      feature: cell('feature'),
      lost: Number(cell('churn')),
      zeroShare: Number(cell('zero_share')),
      points: shares.map((name) => ({ share: Number(name.slice(1)) / 100, value: Number(cell(name)) })),
    };
  });
}
