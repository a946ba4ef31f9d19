import { z } from 'zod';

export const scalings = [
  'none',
  'standard',
  'robust',
  'min-max',
  'log',
  'yeo-johnson',
  'quantile',
  'quantile-normal',
] as const;
export const imputations = ['none', 'median', 'mean', 'zero'] as const;
export const encodings = ['auto', 'one-hot', 'target', 'native'] as const;

export const preparationSettingsSchema = z.strictObject({
  /** What is done to numbers; see `Scaling`. */
  scale: z.enum(scalings),
  /** What stands for a missing number, with an indicator beside it; 'none' leaves missing values to the learner. */
  impute: z.enum(imputations),
  /**
   * How categories become numbers: a 0/1 column a level, the smoothed rate of label 1, or, for learners that take
   * categories, not at all. 'auto' is the rate beyond `maxLevels` levels, and else what the learner can.
   */
  encode: z.enum(encodings),
  /** Whether the learner takes categories as they are. */
  takesCategories: z.boolean(),
  maxLevels: z.int().min(2).max(1000),
  /** Rows of the overall rate that are mixed into the rate of each level. */
  smoothing: z.number().nonnegative(),
  /** A column whose correlation with an earlier one is as strong as this, either way, is dropped; null keeps all. */
  maxCorrelation: z.number().positive().max(1).nullable(),
});

export type PreparationSettings = Readonly<z.infer<typeof preparationSettingsSchema>>;

/** Drops what says nothing, and makes categories numbers; the learners do the rest themselves. */
export const defaultPreparation: PreparationSettings = {
  scale: 'none',
  impute: 'none',
  encode: 'auto',
  takesCategories: false,
  maxLevels: 25,
  smoothing: 10,
  maxCorrelation: null,
};
