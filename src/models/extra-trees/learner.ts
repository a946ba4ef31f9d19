import { alone } from '../../threads/team.ts';
import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { growForest } from '../random-forest/forest.ts';
import { type RandomForestSettings, randomForestSchema } from '../random-forest/settings.ts';
import { parseSettings } from '../settings.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): a forest of which each tree sees every row, and chooses
 * among splits that are drawn, one for each of a few features. Its trees differ more than a random forest's, so that they
 * may be deeper.
 */
export const extraTrees: Learner<RandomForestSettings, RandomForestModel> = {
  name: 'extra-trees',
  title: 'Extremely randomised trees',
  schema: randomForestSchema,
  defaults: {
    trees: 100,
    featuresPerSplit: 'sqrt',
    maxDepth: 14,
    minSamplesLeaf: 10,
    sample: 'all',
    classWeight: 'none',
  },
  searchSpace: {
    featuresPerSplit: { kind: 'integer', low: 2, high: 60, scale: 'log' },
    maxDepth: { kind: 'integer', low: 4, high: 28, scale: 'log' },
    minSamplesLeaf: { kind: 'integer', low: 2, high: 200, scale: 'log' },
  },
  parallel: true,
  fit: (examples, settings, seed, team = alone) => {
    const checked = parseSettings('extra-trees', randomForestSchema, settings);
    checkExamples(examples);
    return growForest(examples, checked, 'random', seed, team);
  },
};
