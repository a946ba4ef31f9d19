import { z } from 'zod';
import { trainingSchema } from '../network/settings.ts';

export const temporalConvolutionSchema = z.strictObject({
  /** Last days before the cutoff that are read. */
  days: z
    .int()
    .min(8)
    .max(64)
    .refine((days) => (days & (days - 1)) === 0, 'expected a power of two'),
  /** Of each convolution. */
  units: z.int().min(1).max(1024),
  ...trainingSchema.shape,
});

export type TemporalConvolutionSettings = Readonly<z.infer<typeof temporalConvolutionSchema>>;
