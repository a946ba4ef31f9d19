import { sparkGradientBoosting } from './gradient-boosting.ts';
import type { ClusterLearner } from './learner.ts';
import { sparkLogisticRegression } from './logistic-regression.ts';
import { sparkMultilayerPerceptron } from './multilayer-perceptron.ts';
import { sparkRandomForest } from './random-forest.ts';

/** Every learner of the cluster, by the name that it goes by in settings. */
export const clusterLearners = {
  'spark-lr': sparkLogisticRegression,
  'spark-rf': sparkRandomForest,
  'spark-gbt': sparkGradientBoosting,
  'spark-mlp': sparkMultilayerPerceptron,
} as const satisfies Readonly<Record<string, ClusterLearner>>;

export type ClusterLearnerName = keyof typeof clusterLearners;
