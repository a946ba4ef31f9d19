import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { parseSettings } from '../settings.ts';
import { fitPerceptron } from './fit.ts';
import type { MultilayerPerceptronModel } from './model.ts';
import { type MultilayerPerceptronSettings, multilayerPerceptronSchema } from './settings.ts';

/**
 * A multilayer perceptron of log loss: sigmoid linear units, Adam with decoupled weight decay, dropout, and an end when users that
 * are held out no longer gain. Categories are embedded.
 */
export const multilayerPerceptron: Learner<MultilayerPerceptronSettings, MultilayerPerceptronModel> = {
  name: 'multilayer-perceptron',
  title: 'Multilayer perceptron',
  schema: multilayerPerceptronSchema,
  defaults: {
    hiddenLayers: 1,
    units: 32,
    dropout: 0.6,
    learningRate: 0.001,
    weightDecay: 2,
    batchSize: 128,
    epochs: 40,
    patience: 8,
    validationShare: 0.15,
    classWeight: 'none',
  },
  searchSpace: {
    hiddenLayers: { kind: 'integer', low: 1, high: 3, scale: 'linear' },
    units: { kind: 'integer', low: 8, high: 128, scale: 'log' },
    dropout: { kind: 'number', low: 0, high: 0.8, scale: 'linear' },
    learningRate: { kind: 'number', low: 0.0003, high: 0.03, scale: 'log' },
    weightDecay: { kind: 'number', low: 0.01, high: 10, scale: 'log' },
    batchSize: { kind: 'integer', low: 32, high: 512, scale: 'log' },
    epochs: { kind: 'integer', low: 10, high: 80, scale: 'log' },
  },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('multilayer-perceptron', multilayerPerceptronSchema, settings);
    checkExamples(examples);
    return fitPerceptron(examples, checked, seed);
  },
};
