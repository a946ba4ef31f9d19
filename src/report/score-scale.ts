/** Contributions to a score are shown as multiples of 1 / scale, in which they add up to the digit. */
export const scaleOf = { 'log-odds': 1000, probability: 10_000 } as const;
