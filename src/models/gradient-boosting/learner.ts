import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { parseSettings } from '../settings.ts';
import type { GradientBoostingModel } from '../tree/ensemble.ts';
import { boost } from './boost.ts';
import { type GradientBoostingSettings, gradientBoostingSchema } from './settings.ts';

/**
 * Gradient boosting of log loss with second derivatives (Friedman 2001; Chen and Guestrin 2016), on
 * histograms, best leaf first. By default without class weights: weights would scale the probabilities away
 * from the shares that are seen, and what a threshold or a ranking does with them gains nothing.
 */
export const gradientBoosting: Learner<GradientBoostingSettings, GradientBoostingModel> = {
  name: 'gradient-boosting',
  title: 'Gradient boosting',
  defaults: {
    trees: 200,
    learningRate: 0.05,
    maxLeaves: 10,
    maxDepth: 10,
    minSamplesLeaf: 20,
    minChildWeight: 0.01,
    l2: 20,
    subsample: 0.5,
    columnSample: 0.3,
    classWeight: 'none',
  },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('gradient-boosting', gradientBoostingSchema, settings);
    checkExamples(examples);
    return boost(examples, checked, seed);
  },
};
