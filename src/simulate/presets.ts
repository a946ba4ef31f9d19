/** The sizes in which the Sparkify log goes around: users and days. */
export const PRESETS = {
  /** About 286,500 rows, 128 MB. */
  mini: { users: 225, days: 63 },
  /** About 530,000 rows, 237 MB. */
  medium: { users: 450, days: 63 },
  /** About 26 million rows, 12 GB. */
  full: { users: 22_277, days: 61 },
} as const satisfies Record<string, { users: number; days: number }>;

export type Size = keyof typeof PRESETS;
