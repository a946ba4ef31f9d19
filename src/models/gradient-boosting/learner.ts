import { UsageError } from '../../errors.ts';
import { alone, type Team } from '../../threads/team.ts';
import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import type { Examples } from '../matrix.ts';
import { parseSettings } from '../settings.ts';
import type { GradientBoostingModel } from '../tree/ensemble.ts';
import { treeInputs } from '../tree/inputs.ts';
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
    monotone: {},
    earlyStoppingRounds: 0,
    validationShare: 0.2,
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
  parallel: true,
  fit: (examples, settings, seed, team = alone) => {
    const checked = parseSettings('gradient-boosting', gradientBoostingSchema, settings);
    checkExamples(examples);
    return boost(examples, checked, seed, team);
  },
};

/**
 * Goes on from a model, on the same or other examples, until it has `settings.trees` trees (a warm start): on the same
 * examples with the same settings and seed, what comes out is what a fit of so many trees at once gives.
 * @throws UsageError when a setting is out of its range, or the model has other features or levels than the examples.
 * @throws InputError and NothingToLearnError as `fit` does.
 */
export function continueBoosting(
  model: GradientBoostingModel,
  examples: Examples,
  settings: GradientBoostingSettings,
  seed: number,
  team: Team = alone,
): GradientBoostingModel {
  const checked = parseSettings('gradient-boosting', gradientBoostingSchema, settings);
  checkExamples(examples);
  const { features, levels } = treeInputs(examples.matrix);
  if (JSON.stringify([features, levels]) !== JSON.stringify([model.features, model.levels])) {
    throw new UsageError(
      'The examples have other features, or levels of them, than the model to go on from.',
    );
  }
  return boost(examples, checked, seed, team, model);
}
