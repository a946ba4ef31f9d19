import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { parseSettings } from '../settings.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { growForest } from './forest.ts';
import { type RandomForestSettings, randomForestSchema } from './settings.ts';

/**
 * A random forest (Breiman 2001) whose trees give shares, not votes. Leaves of several rows by default: a
 * rare outcome's share in a smaller leaf is noise. By default without class weights, so that probabilities
 * mean the shares that are seen.
 */
export const randomForest: Learner<RandomForestSettings, RandomForestModel> = {
  name: 'random-forest',
  title: 'Random forest',
  defaults: { trees: 100, featuresPerSplit: 'sqrt', maxDepth: 10, minSamplesLeaf: 20, classWeight: 'none' },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('random-forest', randomForestSchema, settings);
    checkExamples(examples);
    return growForest(examples, checked, seed);
  },
};
