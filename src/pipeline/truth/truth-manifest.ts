import { z } from 'zod';
import { scenarioShape } from '../../simulate/scenario.ts';

const days = z.int().min(0);

/** `truth.json`: what the truth is about, and how it was told. */
export const truthManifestSchema = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  /** The log: whoever simulates it again gets the same one. */
  log: z.strictObject({
    users: z.int().min(1),
    days: z.int().min(1),
    seed: z.int(),
    start: z.iso.date(),
  }),
  leadDays: days,
  horizonDays: days.min(1),
  /** Walks that each probability is the mean of. */
  continuations: z.int().min(2),
  cutoffs: z.array(z.strictObject({ date: z.iso.date(), users: days, censored: z.boolean() })),
  /** What changed the walk; with an offer, each row has the probabilities with it and without it too. */
  scenario: scenarioShape.optional(),
});

export type TruthManifest = z.infer<typeof truthManifestSchema>;
