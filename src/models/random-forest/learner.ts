import { alone } from '../../threads/team.ts';
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
  schema: randomForestSchema,
  defaults: {
    trees: 100,
    featuresPerSplit: 'sqrt',
    maxDepth: 10,
    minSamplesLeaf: 20,
    sample: 'bootstrap',
    classWeight: 'none',
  },
  // More trees are never worse: what they cost is not for a search to say.
  searchSpace: {
    featuresPerSplit: { kind: 'integer', low: 2, high: 40, scale: 'log' },
    maxDepth: { kind: 'integer', low: 3, high: 24, scale: 'log' },
    minSamplesLeaf: { kind: 'integer', low: 2, high: 200, scale: 'log' },
  },
  parallel: true,
  fit: (examples, settings, seed, team = alone) => {
    const checked = parseSettings('random-forest', randomForestSchema, settings);
    checkExamples(examples);
    return growForest(examples, checked, 'best', seed, team);
  },
};
