import { z } from 'zod';
import { classWeightSchema } from '../models/class-weight.ts';
import { MAX_TREE_DEPTH } from '../models/tree/tree.ts';
import { fitModel } from './fit-model.ts';
import { clusterLearner } from './learner.ts';
import { savedTrees } from './saved-trees.ts';

const schema = z.strictObject({
  trees: z.int().min(1).max(10_000),
  /** How many terms a split chooses among: the square root of all, or a number. */
  featuresPerSplit: z.union([z.literal('sqrt'), z.int().min(1)]),
  maxDepth: z.int().min(1).max(MAX_TREE_DEPTH),
  /** The fewest draws of the bootstrap sample in a leaf. */
  minSamplesLeaf: z.int().min(1),
  /** Values that a term is sorted into before it is split. */
  maxBins: z.int().min(2).max(65_536),
  classWeight: classWeightSchema,
});

/** Spark's random forest, whose probability is the mean of the shares in the leaves, as ours is. */
export const sparkRandomForest = clusterLearner({
  name: 'spark-rf',
  title: 'Random forest (Spark)',
  schema,
  defaults: {
    trees: 100,
    featuresPerSplit: 'sqrt',
    maxDepth: 10,
    minSamplesLeaf: 20,
    maxBins: 128,
    classWeight: 'none',
  },
  searchSpace: {
    featuresPerSplit: { kind: 'integer', low: 2, high: 40, scale: 'log' },
    maxDepth: { kind: 'integer', low: 3, high: 15, scale: 'linear' },
    minSamplesLeaf: { kind: 'integer', low: 2, high: 200, scale: 'log' },
  },
  fit: (training, settings, context) => {
    const { session, features, terms } = training;
    const params = {
      numTrees: settings.trees,
      featureSubsetStrategy:
        settings.featuresPerSplit === 'sqrt'
          ? 'sqrt'
          : String(Math.min(settings.featuresPerSplit, terms.length)),
      maxDepth: settings.maxDepth,
      minInstancesPerNode: settings.minSamplesLeaf,
      maxBins: settings.maxBins,
      seed: BigInt(context.seed),
      weightCol: 'weight',
    };
    const dataset = training.dataset('plain', settings.classWeight);
    return fitModel(session, 'RandomForestClassifier', params, dataset, context.signal, async (model) => ({
      kind: 'random-forest',
      features,
      trees: await savedTrees(model, training, ({ sums }) => sums[1] / (sums[0] + sums[1]), context),
    }));
  },
});
