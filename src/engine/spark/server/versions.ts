/** The versions of Spark that Refrain is tested with: the newest, which it starts unless told otherwise, and the oldest. */
export const sparkVersions = { newest: '4.3.0', oldest: '4.0.5' } as const;
