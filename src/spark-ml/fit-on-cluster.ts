import type { PlainModel } from '../models/plain-model.ts';
import type { Settings } from './learner.ts';
import { type ClusterLearnerName, clusterLearners } from './learners.ts';
import type { ClusterRows } from './training-rows.ts';
import { withTrainingSet } from './training-set.ts';

export interface ClusterFit extends ClusterRows {
  /** Those of the learner's defaults that are to be other ones. */
  readonly settings?: Settings;
  readonly seed: number;
  /** URL of a folder that the cluster can write. What is written there is the caller's to remove: Spark Connect cannot. */
  readonly workLocation: string;
}

/**
 * Fits a learner of Spark's on the cluster and gives its model as one of Refrain's, which predicts as Spark does to 1e-9.
 * The same rows, settings and seed give the same model.
 * @throws UsageError when a setting is out of its range.
 * @throws InputError when a label is neither 0 nor 1, or a feature is infinite.
 * @throws NothingToLearnError when there is no row, only one of the two outcomes, or no feature that varies.
 * @throws EngineError, InterruptedError
 */
export async function fitOnCluster(
  name: ClusterLearnerName,
  { settings = {}, seed, workLocation, ...rows }: ClusterFit,
  signal: AbortSignal,
): Promise<PlainModel> {
  const learner = clusterLearners[name];
  return withTrainingSet(rows, signal, (training) =>
    learner.fit(training, { ...learner.defaults, ...settings }, { seed, workLocation, signal }),
  );
}
