import { halfWidth, rocAucStandardError, smallestVisible } from '../../evaluation/auc-precision.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { type LearnerName, type LearnerSettings, readsHistory, withSettings } from '../../models/learners.ts';
import type { Context } from '../context.ts';
import type { Learned } from '../learn.ts';
import { isOwnLearner, learnerTitle } from '../learner-names.ts';
import type { LearnSettings } from '../settings.ts';
import { type AblationRow, ablate } from './ablation.ts';
import { cutoffCurve } from './cutoff-curve.ts';
import { type Evidence, type Judgement, judgeSufficiency } from './judge-sufficiency.ts';
import { type LearningCurve, lostUsersIn } from './learning-curve.ts';
import { type ExampleSource, lookBackCurve } from './look-back-curve.ts';
import type { Trial } from './predict-ways.ts';
import { userCurve } from './user-curve.ts';

/** Whether the data of a run suffice, and what was measured to say so. */
export interface Sufficiency extends Judgement {
  readonly evidence: Evidence;
  /** What tests of other sizes could tell. */
  readonly precision: readonly Precision[];
  /** Absent where a run was not asked to measure. */
  readonly measured?: Measured;
}

/** By Hanley and McNeil, at the test's own ROC AUC and share of lost users. */
interface Precision {
  readonly lostUsers: number;
  readonly halfWidth: number;
  /** Smallest difference from a ROC AUC known otherwise that shows in 4 of 5 cases. */
  readonly smallestDifference: number;
  /** Whether it is the test of this run. */
  readonly isThis: boolean;
}

interface Measured {
  readonly learner: LearnerName;
  readonly learnerTitle: string;
  readonly curves: readonly LearningCurve[];
  readonly ablation: readonly AblationRow[];
}

type MeasureSettings = Pick<LearnSettings, 'seed' | 'replicates' | 'maxFitExamples'>;

/** The verdict by what a run has anyway, or with `source` by learning curves and an ablation too: some 350 fits. */
export async function assessSufficiency(
  rows: ExampleRows,
  learned: Learned,
  settings: MeasureSettings,
  source: ExampleSource | undefined,
  context: Pick<Context, 'effects'>,
): Promise<Sufficiency> {
  const measured = source && (await measure(rows, learned, settings, source, context));
  const evidence = evidenceOf(rows, learned, measured?.curves);
  return {
    ...judgeSufficiency(evidence),
    evidence,
    precision: precisionBySize(evidence),
    ...(measured === undefined ? {} : { measured }),
  };
}

async function measure(
  rows: ExampleRows,
  learned: Learned,
  { seed, replicates, maxFitExamples }: MeasureSettings,
  source: ExampleSource,
  { effects }: Pick<Context, 'effects'>,
): Promise<Measured> {
  const learner = learnerToMeasure(learned);
  const trial: Trial = {
    rows: { ...rows, matrix: { ...rows.matrix, history: undefined } },
    split: learned,
    learner,
    seed,
    maxFitExamples,
    replicates: Math.min(replicates, mostReplicates),
  };
  return {
    learner: learner.learner,
    learnerTitle: learnerTitle(learner.learner),
    curves: [
      await userCurve(trial, effects),
      await cutoffCurve(trial, effects),
      await lookBackCurve(trial, source, effects),
    ],
    ablation: await ablate(trial, source.features, effects),
  };
}

/** Each way of some sixty costs as much as a model. */
const mostReplicates = 500;

/** The chosen learner with its settings, or boosting where that is no learner of features of ours. */
function learnerToMeasure({ chosen: { name }, tuning }: Learned): LearnerSettings {
  const own = isOwnLearner(name) && !readsHistory(name) ? name : 'gradient-boosting';
  return withSettings(own, tuning?.tuned.get(own)?.settings);
}

function evidenceOf(
  { labels, matrix }: ExampleRows,
  { chosen, plan, groups }: Learned,
  curves: readonly LearningCurve[] | undefined,
): Evidence {
  const lost = lostUsersIn(plan.testRows, labels, groups);
  const gain = curves?.find(({ of }) => of === 'users')?.points.at(-2)?.rocAuc.difference;
  return {
    rocAuc: chosen.test.intervals.rocAuc,
    overBaseline: chosen.overBaseline.intervals.rocAuc,
    lostUsersToTest: lost,
    stayedUsersToTest: new Set(Array.from(plan.testRows, (row) => groups[row])).size - lost,
    lostUsersToLearn: lostUsersIn(plan.validationRows, labels, groups),
    features: matrix.names.length,
    ...(gain === undefined ? {} : { lastDoubling: { value: -gain.value, low: -gain.high, high: -gain.low } }),
  };
}

const sizes = [10, 20, 50, 100, 200, 500, 1000, 2000];

function precisionBySize({ rocAuc, lostUsersToTest, stayedUsersToTest }: Evidence): Precision[] {
  return [...new Set([...sizes, lostUsersToTest])]
    .sort((a, b) => a - b)
    .map((lostUsers) => {
      const stayed = (lostUsers * stayedUsersToTest) / lostUsersToTest;
      const half = halfWidth(rocAucStandardError(rocAuc.value, lostUsers, stayed));
      return {
        lostUsers,
        halfWidth: half,
        smallestDifference: smallestVisible(half),
        isThis: lostUsers === lostUsersToTest,
      };
    });
}
