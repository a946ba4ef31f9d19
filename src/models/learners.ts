import type { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { Team } from '../threads/team.ts';
import { baseline } from './baseline.ts';
import { type DecisionTreeSettings, decisionTree } from './decision-tree/learner.ts';
import { extraTrees } from './extra-trees/learner.ts';
import { gradientBoosting } from './gradient-boosting/learner.ts';
import type { GradientBoostingSettings } from './gradient-boosting/settings.ts';
import { type LinearSvmSettings, linearSvm } from './linear-svm/learner.ts';
import { type LogisticRegressionSettings, logisticRegression } from './logistic-regression/learner.ts';
import type { Examples } from './matrix.ts';
import { multilayerPerceptron } from './multilayer-perceptron/learner.ts';
import type { MultilayerPerceptronSettings } from './multilayer-perceptron/settings.ts';
import { type NaiveBayesSettings, naiveBayes } from './naive-bayes/learner.ts';
import type { PlainModel } from './plain-model.ts';
import { randomForest } from './random-forest/learner.ts';
import type { RandomForestSettings } from './random-forest/settings.ts';
import { parseSettings } from './settings.ts';
import { temporalConvolution } from './temporal-convolution/learner.ts';
import type { TemporalConvolutionSettings } from './temporal-convolution/settings.ts';

/** Every learner, by the name that it goes by in settings and tasks. */
export const learners = {
  baseline,
  'logistic-regression': logisticRegression,
  'random-forest': randomForest,
  'extra-trees': extraTrees,
  'gradient-boosting': gradientBoosting,
  'multilayer-perceptron': multilayerPerceptron,
  'temporal-convolution': temporalConvolution,
  'decision-tree': decisionTree,
  'linear-svm': linearSvm,
  'naive-bayes': naiveBayes,
} as const;

export type LearnerName = keyof typeof learners;

/** A learner's name with settings of its kind. */
export type LearnerSettings =
  | { readonly learner: 'baseline'; readonly settings: LogisticRegressionSettings }
  | { readonly learner: 'logistic-regression'; readonly settings: LogisticRegressionSettings }
  | { readonly learner: 'random-forest'; readonly settings: RandomForestSettings }
  | { readonly learner: 'extra-trees'; readonly settings: RandomForestSettings }
  | { readonly learner: 'gradient-boosting'; readonly settings: GradientBoostingSettings }
  | { readonly learner: 'multilayer-perceptron'; readonly settings: MultilayerPerceptronSettings }
  | { readonly learner: 'temporal-convolution'; readonly settings: TemporalConvolutionSettings }
  | { readonly learner: 'decision-tree'; readonly settings: DecisionTreeSettings }
  | { readonly learner: 'linear-svm'; readonly settings: LinearSvmSettings }
  | { readonly learner: 'naive-bayes'; readonly settings: NaiveBayesSettings };

/** Whether a learner reads the days before each row, which a table of features does not have. */
export function readsHistory(name: string): boolean {
  return name === 'temporal-convolution';
}

/** Learners that heed `Examples.weights`. */
export const takesWeights: ReadonlySet<LearnerName> = new Set([
  'baseline',
  'logistic-regression',
  'random-forest',
  'gradient-boosting',
  'linear-svm',
  'naive-bayes',
]);

/** Whether the learner heeds weights with these settings: trees that are grown on all rows, each once, have no draw for them to enter. */
export function weighs({ learner, settings }: LearnerSettings): boolean {
  return takesWeights.has(learner) && !('sample' in settings && settings.sample === 'all');
}

/**
 * Fits the named learner; see `Learner.fit`.
 * @throws UsageError for weights of rows, where the learner takes none.
 */
export function fitLearner(examples: Examples, task: LearnerSettings, seed: number, team?: Team): PlainModel {
  if (examples.weights !== undefined && !takesWeights.has(task.learner)) {
    throw new UsageError(`The learner ${task.learner} takes no weights of rows.`, { learner: task.learner });
  }
  switch (task.learner) {
    case 'baseline':
      return baseline.fit(examples, task.settings, seed);
    case 'logistic-regression':
      return logisticRegression.fit(examples, task.settings, seed);
    case 'random-forest':
      return randomForest.fit(examples, task.settings, seed, team);
    case 'extra-trees':
      return extraTrees.fit(examples, task.settings, seed, team);
    case 'gradient-boosting':
      return gradientBoosting.fit(examples, task.settings, seed, team);
    case 'multilayer-perceptron':
      return multilayerPerceptron.fit(examples, task.settings, seed);
    case 'temporal-convolution':
      return temporalConvolution.fit(examples, task.settings, seed);
    case 'decision-tree':
      return decisionTree.fit(examples, task.settings, seed);
    case 'linear-svm':
      return linearSvm.fit(examples, task.settings, seed);
    case 'naive-bayes':
      return naiveBayes.fit(examples, task.settings, seed);
  }
}

/**
 * The named learner with its defaults, save for some settings.
 * @throws UsageError naming a setting that it does not have, or that is out of its range.
 */
export function withSettings(
  learner: LearnerName,
  changes: Readonly<Record<string, unknown>> = {},
): LearnerSettings {
  const settingsOf = <S>({ schema, defaults }: { readonly schema: z.ZodType<S>; readonly defaults: S }) =>
    parseSettings(learner, schema, { ...defaults, ...changes });
  switch (learner) {
    case 'baseline':
      return { learner, settings: settingsOf(baseline) };
    case 'logistic-regression':
      return { learner, settings: settingsOf(logisticRegression) };
    case 'random-forest':
      return { learner, settings: settingsOf(randomForest) };
    case 'extra-trees':
      return { learner, settings: settingsOf(extraTrees) };
    case 'gradient-boosting':
      return { learner, settings: settingsOf(gradientBoosting) };
    case 'multilayer-perceptron':
      return { learner, settings: settingsOf(multilayerPerceptron) };
    case 'temporal-convolution':
      return { learner, settings: settingsOf(temporalConvolution) };
    case 'decision-tree':
      return { learner, settings: settingsOf(decisionTree) };
    case 'linear-svm':
      return { learner, settings: settingsOf(linearSvm) };
    case 'naive-bayes':
      return { learner, settings: settingsOf(naiveBayes) };
  }
}
