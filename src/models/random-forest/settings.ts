import { z } from 'zod';
import { classWeightSchema } from '../class-weight.ts';
import { MAX_TREE_DEPTH } from '../tree/tree.ts';

export const randomForestSchema = z.strictObject({
  trees: z.int().min(1).max(10_000),
  /** How many features a split chooses among: the square root of all, or a number. */
  featuresPerSplit: z.union([z.literal('sqrt'), z.int().min(1)]),
  maxDepth: z.int().min(1).max(MAX_TREE_DEPTH),
  /** The fewest draws of the bootstrap sample in a leaf. */
  minSamplesLeaf: z.int().min(1),
  classWeight: classWeightSchema,
});

export type RandomForestSettings = Readonly<z.infer<typeof randomForestSchema>>;
