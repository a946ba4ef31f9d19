/**
 * What is compared: a learner of ours with one of a peer's, at equal settings. `ours.settings` change the learner's
 * defaults; the peer's are its own names for the same.
 */
export const contests = [
  {
    id: 'lightgbm',
    title: 'boosting × LightGBM',
    ours: { learner: 'gradient-boosting', settings: boosting() },
    peer: 'lightgbm',
  },
  {
    id: 'hist-gradient-boosting',
    title: 'boosting × HistGradientBoosting',
    ours: { learner: 'gradient-boosting', settings: boosting() },
    peer: 'hist-gradient-boosting',
  },
  {
    id: 'forest',
    title: 'forest × RandomForest',
    ours: { learner: 'random-forest', settings: { trees: 100, maxDepth: 12, minSamplesLeaf: 16 } },
    peer: 'forest',
  },
  {
    id: 'extra-trees',
    title: 'extra trees × ExtraTrees',
    ours: { learner: 'extra-trees', settings: { trees: 100, maxDepth: 12, minSamplesLeaf: 10 } },
    peer: 'extra-trees',
  },
];

function boosting() {
  return {
    trees: 200,
    learningRate: 0.1,
    maxLeaves: 31,
    maxDepth: 30,
    minSamplesLeaf: 20,
    minChildWeight: 0.001,
    l2: 0,
    subsample: 1,
    columnSample: 1,
  };
}
