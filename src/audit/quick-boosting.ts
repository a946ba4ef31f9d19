import type { LearnerSettings } from '../models/learners.ts';

/** The audit's own learner: few trees, of leaves small enough to remember single rows, since what is remembered is what it looks for. */
export const quickBoosting = {
  learner: 'gradient-boosting',
  settings: {
    trees: 20,
    learningRate: 0.2,
    maxLeaves: 8,
    maxDepth: 8,
    minSamplesLeaf: 3,
    minChildWeight: 0.001,
    l2: 1,
    subsample: 1,
    columnSample: 0.2,
    classWeight: 'none',
    monotone: {},
    earlyStoppingRounds: 0,
    validationShare: 0.2,
  },
} satisfies LearnerSettings;
