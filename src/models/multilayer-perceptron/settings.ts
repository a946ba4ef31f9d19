import { z } from 'zod';
import { trainingSchema } from '../network/settings.ts';

export const multilayerPerceptronSchema = z.strictObject({
  hiddenLayers: z.int().min(0).max(8),
  /** Of each hidden layer. */
  units: z.int().min(1).max(4096),
  ...trainingSchema.shape,
});

export type MultilayerPerceptronSettings = Readonly<z.infer<typeof multilayerPerceptronSchema>>;
