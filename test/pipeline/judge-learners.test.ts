import { expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { retrospectivePlan } from '../../src/evaluation/cross-fit.ts';
import { sameCutoffs } from '../../src/evaluation/selection.ts';
import type { CrossFitted } from '../../src/pipeline/cross-fitted.ts';
import { judgeLearners } from '../../src/pipeline/judge-learners.ts';
import { createRandom } from '../../src/random.ts';

const rows = 2400;
const random = createRandom(7);
const labels = Uint8Array.from({ length: rows }, () => (random.float() < 0.2 ? 1 : 0));
const groups = Int32Array.from({ length: rows }, (_, row) => row >> 1);
const split = { plan: retrospectivePlan(groups.map((user) => user % 3)), selection: sameCutoffs(), groups };

/** A learner that said the truth with noise, in log-odds twice as far apart as they should be. */
function fitted(name: CrossFitted['name'], noise: number): CrossFitted {
  const model = {
    ...{ kind: 'logistic-regression' as const, features: [], terms: [], coefficients: [], intercept: 0 },
  };
  const probabilities = Float64Array.from(labels, (label) => {
    const logOdds = 2 * (label - 0.5 + noise * (random.float() - 0.5)) - 1;
    return 1 / (1 + Math.exp(-2 * logOdds));
  });
  return {
    ...{ name, title: name, model, foldModels: [model, model, model], probabilities },
    ...{ windows: [], fitSeconds: 1 },
  };
}

const learners = [fitted('baseline', 9), fitted('random-forest', 6), fitted('gradient-boosting', 4)];
const judges = { split, labels, settings: { seed: 3, replicates: 40, calibration: 'auto' as const } };

test('threads change nothing that is decided or measured of a learner', async () => {
  const alone = await judgeLearners(learners, judges, { ...silentEffects, threads: 1 });
  expect(await judgeLearners(learners, judges, { ...silentEffects, threads: 2 })).toEqual(alone);
  expect(alone.judged.map(({ name }) => name)).toEqual(['baseline', 'random-forest', 'gradient-boosting']);
  expect(alone.pairs).toHaveLength(3);
});

test('a learner’s calibrators stand on its models: each fold’s own, and that of all rows on the delivered one', async () => {
  const { judged } = await judgeLearners(learners, judges, silentEffects);
  const { model, foldModels, calibration, probabilities, uncalibrated } = judged[2];
  expect(calibration.name).not.toBe('none');
  expect(new Set(foldModels.map((own) => JSON.stringify(own))).size).toBe(3);
  expect(model).toMatchObject({ kind: 'calibrated', calibrator: { kind: calibration.name } });
  expect(foldModels).not.toContainEqual(model);
  expect(uncalibrated).toEqual(learners[2].probabilities);
  expect(probabilities).not.toEqual(uncalibrated);
});
