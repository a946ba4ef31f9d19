import { z } from 'zod';
import { trainingSchema } from '../network/settings.ts';

/** Days a model may read: each of them is two of the next shorter one. */
const DAYS = [8, 16, 32, 64] as const;

export const temporalConvolutionSchema = z.strictObject({
  /** Last days before the cutoff that are read. */
  days: z.literal(DAYS),
  /** Of each convolution. */
  units: z.int().min(1).max(1024),
  ...trainingSchema.shape,
});

export type TemporalConvolutionSettings = Readonly<z.infer<typeof temporalConvolutionSchema>>;
