/** The sizes in which the Sparkify log goes around: users and days. */
export const PRESETS = {
  /** 271,000 rows and 122 MB on average, from seed to seed with a standard deviation of 8 %. */
  mini: { users: 225, days: 63 },
  /** About 542,000 rows, 243 MB. */
  medium: { users: 450, days: 63 },
  /** About 26 million rows, 12 GB. */
  full: { users: 22_277, days: 61 },
} as const satisfies Record<string, { users: number; days: number }>;

export type Size = keyof typeof PRESETS;
