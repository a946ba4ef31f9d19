import { z } from 'zod';
import { alone } from '../../threads/team.ts';
import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { growForest } from '../random-forest/forest.ts';
import { parseSettings } from '../settings.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { MAX_TREE_DEPTH } from '../tree/tree.ts';

const schema = z.strictObject({
  maxDepth: z.int().min(1).max(MAX_TREE_DEPTH),
  /** The fewest training rows in a leaf. */
  minSamplesLeaf: z.int().min(1),
});

export type DecisionTreeSettings = Readonly<z.infer<typeof schema>>;

/**
 * A classification tree by Gini impurity (Breiman et al. 1984), on histograms: a forest of one tree that sees every row
 * and chooses among all features.
 */
export const decisionTree: Learner<DecisionTreeSettings, RandomForestModel> = {
  name: 'decision-tree',
  title: 'Decision tree',
  schema,
  defaults: { maxDepth: 6, minSamplesLeaf: 50 },
  searchSpace: {
    maxDepth: { kind: 'integer', low: 2, high: 20, scale: 'log' },
    minSamplesLeaf: { kind: 'integer', low: 2, high: 500, scale: 'log' },
  },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('decision-tree', schema, settings);
    checkExamples(examples);
    const featuresPerSplit = Math.max(1, examples.matrix.columns.length);
    const single = { trees: 1, featuresPerSplit, sample: 'all', classWeight: 'none', ...checked } as const;
    return growForest(examples, single, 'best', seed, alone);
  },
};
