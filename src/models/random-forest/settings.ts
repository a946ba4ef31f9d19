import { z } from 'zod';
import { classWeightSchema } from '../class-weight.ts';
import { MAX_TREE_DEPTH } from '../tree/tree.ts';

export const randomForestSchema = z
  .strictObject({
    trees: z.int().min(1).max(10_000),
    /** How many features a split chooses among: the square root of all, or a number. */
    featuresPerSplit: z.union([z.literal('sqrt'), z.int().min(1)]),
    maxDepth: z.int().min(1).max(MAX_TREE_DEPTH),
    /** The fewest draws of a tree's sample in a leaf. */
    minSamplesLeaf: z.int().min(1),
    /**
     * What a tree is grown on. `bootstrap`: as many draws with replacement as there are rows. `balanced`: as many draws of
     * either outcome as the rarer one has rows (Chen, Liaw and Breiman 2004). `all`: every row once.
     */
    sample: z.enum(['bootstrap', 'balanced', 'all']),
    classWeight: classWeightSchema,
  })
  .refine(({ sample, classWeight }) => sample === 'bootstrap' || classWeight === 'none', {
    message:
      'class weights enter the draw of a bootstrap: set sample to "bootstrap", or classWeight to "none"',
    path: ['classWeight'],
  });

export type RandomForestSettings = Readonly<z.infer<typeof randomForestSchema>>;
