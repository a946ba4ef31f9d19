import { z } from 'zod';
import { classWeightSchema } from '../class-weight.ts';

/** How a network is trained; part of the settings of every learner that trains one. */
export const trainingSchema = z.strictObject({
  /** Share of hidden outputs silenced at each step. */
  dropout: z.number().min(0).max(0.9),
  /** Adam's step at the start; it falls linearly to nothing over the epochs. */
  learningRate: z.number().positive().max(1),
  /** Share of itself, times the step, that each weight loses at each step. */
  weightDecay: z.number().nonnegative(),
  /** Examples a step. */
  batchSize: z.int().min(1).max(65_536),
  /** Passes over the training rows at most. */
  epochs: z.int().min(1).max(10_000),
  /** Training ends after so many epochs without a new least validation loss. */
  patience: z.int().min(1),
  /** Share of the users held out to tell when to stop; 0 trains on everyone for all epochs. */
  validationShare: z.number().min(0).max(0.5),
  classWeight: classWeightSchema,
});

export type TrainingSettings = Readonly<z.infer<typeof trainingSchema>>;
