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
  schema: gradientBoostingSchema,
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
  searchSpace: {
    trees: { kind: 'integer', low: 50, high: 600, scale: 'log' },
    learningRate: { kind: 'number', low: 0.01, high: 0.3, scale: 'log' },
    maxLeaves: { kind: 'integer', low: 3, high: 64, scale: 'log' },
    minSamplesLeaf: { kind: 'integer', low: 5, high: 200, scale: 'log' },
    l2: { kind: 'number', low: 0.1, high: 200, scale: 'log' },
    subsample: { kind: 'number', low: 0.3, high: 1, scale: 'linear' },
    columnSample: { kind: 'number', low: 0.1, high: 1, scale: 'linear' },
  },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('gradient-boosting', gradientBoostingSchema, settings);
    checkExamples(examples);
    return boost(examples, checked, seed);
  },
};
