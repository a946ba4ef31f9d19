import { type LearnerName, learners } from '../models/learners.ts';
import { type ClusterLearnerName, clusterLearners } from '../spark-ml/learners.ts';

/** What a run may learn with: our learners, Spark's, and a stack of all the others that it is asked for. */
export type RunLearnerName = LearnerName | ClusterLearnerName | 'stack';

/** Learners that a user may ask for; the baseline is always there. */
export const runLearnerNames: readonly RunLearnerName[] = [
  ...(Object.keys(learners) as LearnerName[]).filter((name) => name !== 'baseline'),
  ...(Object.keys(clusterLearners) as ClusterLearnerName[]),
  'stack',
];

export function isClusterLearner(name: RunLearnerName): name is ClusterLearnerName {
  return Object.hasOwn(clusterLearners, name);
}

export function isOwnLearner(name: RunLearnerName): name is LearnerName {
  return Object.hasOwn(learners, name);
}

/** What a reader of the report sees. */
export function learnerTitle(name: RunLearnerName): string {
  if (name === 'stack') return 'Stack of the others';
  return isClusterLearner(name) ? clusterLearners[name].title : learners[name].title;
}
