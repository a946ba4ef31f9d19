import { expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import { sameCutoffs } from '../../src/evaluation/selection.ts';
import { assessBeside } from '../../src/pipeline/assess.ts';
import type { CrossFitted } from '../../src/pipeline/cross-fitted.ts';
import { describeBeside } from '../../src/pipeline/describe-examples.ts';
import { judgeLearners } from '../../src/pipeline/judge-learners.ts';
import { findRiskBeside } from '../../src/pipeline/risk-by-day/find-risk.ts';
import { withoutModels } from '../../src/pipeline/without-models.ts';
import { createRandom } from '../../src/random.ts';

/** 4,000 examples of 2,000 users at two cutoffs; whoever has more of `quiet` is likelier to be lost, within days of it. */
const random = createRandom(3);
const quiet = Float64Array.from({ length: 4000 }, () => random.float());
const labels = quiet.map((x) => (random.float() < 0.3 * x ? 1 : 0));
const groups = Int32Array.from(quiet, (_, row) => row >> 1);
const rows = {
  users: Array.from(groups, (user) => `user ${user}`),
  cutoffs: Int32Array.from(quiet, (_, row) => 100 + 7 * (row & 1)),
  labels: Uint8Array.from(labels),
  matrix: { rows: 4000, names: ['quiet', 'is_paid'], columns: [quiet, quiet.map((x) => (x > 0.4 ? 1 : 0))] },
};
const watched = {
  cutoffs: rows.cutoffs,
  lostOn: quiet.map((x, row) =>
    labels[row] === 1 ? rows.cutoffs[row] + Math.floor(20 * x) : Number.POSITIVE_INFINITY,
  ),
  end: 140,
  firstDays: undefined,
};

/** A learner that said something between the truth and nothing, and was cross-fitted in two folds. */
async function learnedOf() {
  const plan = retrospectivePlan(groups.map((user) => user & 1));
  const selection = sameCutoffs();
  const model = {
    kind: 'logistic-regression',
    features: [],
    terms: [],
    coefficients: [],
    intercept: 0,
  } as const;
  const fitted = (name: CrossFitted['name'], weight: number): CrossFitted => ({
    ...{ name, title: name, model, foldModels: [model, model], windows: [], fitSeconds: 1 },
    probabilities: quiet.map((x) => 0.05 + weight * x),
  });
  const judges = {
    split: { plan, selection, groups },
    labels: rows.labels,
    settings: { seed: 3, replicates: 20, calibration: 'none' as const },
  };
  const learners = [fitted('baseline', 0), fitted('gradient-boosting', 0.3)];
  const { judged, pairs } = await judgeLearners(learners, judges, silentEffects);
  const cutoffs = [{ day: 107, role: 'test' as const, examples: 4000, lost: 0 }];
  const foldOfUser = Int32Array.from({ length: 2000 }, (_, user) => user & 1);
  return {
    plan,
    selection,
    groups,
    foldOfUser,
    cutoffs,
    judged,
    pairs,
    chosen: judged[1],
    tuning: undefined,
  };
}

test('what is worked out beside the main thread is what it would have found itself', async () => {
  const learned = await learnedOf();
  const settings = { seed: 1, replicates: 20, leadDays: 1, horizonDays: 14 };
  const risk = { examples: watched, labels: rows.labels, learned: withoutModels(learned), settings };
  const [here, beside] = await Promise.all(
    [1, 2].map((threads) => {
      const effects = { ...silentEffects, threads };
      return Promise.all([
        describeBeside(rows, effects),
        assessBeside(learned, rows, settings, effects),
        findRiskBeside(risk, effects),
      ]);
    }),
  );
  expect(beside).toEqual(here);
  const [examples, { judgement, top }, found] = here;
  expect(examples.features.map(({ name }) => name)).toEqual(['quiet', 'is_paid']);
  expect(judgement.groups.map(({ group }) => group)).toEqual(['not paid', 'paid']);
  expect(top.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]);
  expect(top[4].lift.low).toBeGreaterThan(1);
  expect(found).toMatchObject({ model: { kind: 'hazard' }, window: { hazard: { rocAuc: {} } } });
});
