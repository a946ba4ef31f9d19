import { z } from 'zod';
import { classWeightSchema } from '../class-weight.ts';
import { MAX_TREE_DEPTH } from '../tree/tree.ts';

export const gradientBoostingSchema = z.strictObject({
  /** At most so many; early stopping may leave fewer. */
  trees: z.int().min(1).max(10_000),
  learningRate: z.number().positive().max(1),
  maxLeaves: z.int().min(2).max(4096),
  maxDepth: z.int().min(1).max(MAX_TREE_DEPTH),
  /** The fewest training rows in a leaf. */
  minSamplesLeaf: z.int().min(1),
  /** The least sum of second derivatives w p (1 − p) in a leaf. */
  minChildWeight: z.number().nonnegative(),
  /** Penalty on the squared value of a leaf. */
  l2: z.number().nonnegative(),
  /** Share of the rows that a tree is grown on, drawn without replacement. */
  subsample: z.number().positive().max(1),
  /** Share of the features that a tree may split on; at least four of them. */
  columnSample: z.number().positive().max(1),
  classWeight: classWeightSchema,
  /** By feature that holds numbers: what its growth alone may do to the prediction. */
  monotone: z.record(z.string(), z.enum(['increasing', 'decreasing'])),
  /** Stop when so many trees in a row have not lowered the loss on validation users; 0 grows all trees. */
  earlyStoppingRounds: z.int().min(0),
  /** Share of the users that early stopping sets aside, with all their rows. */
  validationShare: z.number().positive().max(0.5),
});

export type GradientBoostingSettings = Readonly<z.infer<typeof gradientBoostingSchema>>;

/** Added to `l2` for splits of a category and the leaves below them, which could otherwise fit every level. */
export const CATEGORY_L2 = 10;
