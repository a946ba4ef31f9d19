import { z } from 'zod';
import { classWeightSchema } from '../models/class-weight.ts';
import { MAX_TREE_DEPTH } from '../models/tree/tree.ts';
import { fitModel } from './fit-model.ts';
import { clusterLearner } from './learner.ts';
import { savedTrees } from './saved-trees.ts';
import { vectorOf } from './values.ts';

const schema = z.strictObject({
  trees: z.int().min(1).max(10_000),
  learningRate: z.number().positive().max(1),
  maxDepth: z.int().min(1).max(MAX_TREE_DEPTH),
  /** The fewest training rows in a leaf. */
  minSamplesLeaf: z.int().min(1),
  /** Share of the rows that a tree is grown on. */
  subsample: z.number().positive().max(1),
  /** Share of the terms that a split chooses among. */
  columnSample: z.number().positive().max(1),
  /** Values that a term is sorted into before it is split. */
  maxBins: z.int().min(2).max(65_536),
  classWeight: classWeightSchema,
});

/** Spark's gradient-boosted trees, whose sum is half of the log-odds (Friedman 2001, algorithm 5). */
export const sparkGradientBoosting = clusterLearner({
  name: 'spark-gbt',
  title: 'Gradient boosting (Spark)',
  schema,
  defaults: {
    trees: 50,
    learningRate: 0.1,
    maxDepth: 4,
    minSamplesLeaf: 20,
    subsample: 0.5,
    columnSample: 0.5,
    maxBins: 128,
    classWeight: 'none',
  },
  searchSpace: {
    trees: { kind: 'integer', low: 20, high: 150, scale: 'log' },
    learningRate: { kind: 'number', low: 0.02, high: 0.3, scale: 'log' },
    maxDepth: { kind: 'integer', low: 2, high: 6, scale: 'linear' },
    minSamplesLeaf: { kind: 'integer', low: 5, high: 200, scale: 'log' },
    columnSample: { kind: 'number', low: 0.1, high: 1, scale: 'linear' },
  },
  fit: (training, settings, context) => {
    const { session, features, terms } = training;
    const { signal } = context;
    const params = {
      maxIter: settings.trees,
      stepSize: settings.learningRate,
      maxDepth: settings.maxDepth,
      minInstancesPerNode: settings.minSamplesLeaf,
      subsamplingRate: settings.subsample,
      featureSubsetStrategy: String(Math.max(1, Math.round(settings.columnSample * terms.length))),
      maxBins: settings.maxBins,
      seed: BigInt(context.seed),
      weightCol: 'weight',
    };
    const dataset = training.dataset('plain', settings.classWeight);
    return fitModel(session, 'GBTClassifier', params, dataset, signal, async (model) => {
      const weights = await session.ml.fetch(model, ['treeWeights'], { signal });
      const factors = vectorOf(weights, settings.trees).map((weight) => 2 * weight);
      const trees = await savedTrees(
        model,
        training,
        ({ tree, prediction }) => factors[tree] * prediction,
        context,
      );
      return { kind: 'gradient-boosting', features, base: 0, trees };
    });
  },
});
