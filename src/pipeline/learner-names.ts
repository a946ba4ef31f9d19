import { UsageError } from '../errors.ts';
import { type LearnerName, learners } from '../models/learners.ts';
import { type CombinationName, combinations, isCombination } from '../models/stack/combinations.ts';
import { type ClusterLearnerName, clusterLearners } from '../spark-ml/learners.ts';

/** What a run may learn with: our learners, Spark's, and combinations of all the others that it is asked for. */
export type RunLearnerName = LearnerName | ClusterLearnerName | CombinationName;

/** Learners that a user may ask for; the baseline is always there. */
export const runLearnerNames: readonly RunLearnerName[] = [
  ...(Object.keys(learners) as LearnerName[]).filter((name) => name !== 'baseline'),
  ...(Object.keys(clusterLearners) as ClusterLearnerName[]),
  ...(Object.keys(combinations) as CombinationName[]),
];

export function isClusterLearner(name: RunLearnerName): name is ClusterLearnerName {
  return Object.hasOwn(clusterLearners, name);
}

export function isOwnLearner(name: RunLearnerName): name is LearnerName {
  return Object.hasOwn(learners, name);
}

/** What a reader of the report sees. */
export function learnerTitle(name: RunLearnerName): string {
  if (isCombination(name)) return combinations[name].title;
  return isClusterLearner(name) ? clusterLearners[name].title : learners[name].title;
}

/** @throws UsageError where a combination is asked for with less than two learners to combine. */
export function checkCombinations(learners: readonly RunLearnerName[]): void {
  const [first] = learners.filter(isCombination);
  if (first === undefined || learners.filter((name) => !isCombination(name)).length > 1) return;
  throw new UsageError(
    `A ${first} needs two other learners at least, as in --learner random-forest,gradient-boosting,${first}.`,
    { learners },
  );
}
