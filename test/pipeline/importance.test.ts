import { expect, it } from 'vitest';
import { fitLearner, withSettings } from '../../src/models/learners.ts';
import { sliceRows } from '../../src/models/matrix.ts';
import { attributeSample } from '../../src/pipeline/attribute-sample.ts';
import { featureImportance } from '../../src/pipeline/importance.ts';
import { createRandom } from '../../src/random.ts';

/** 1,200 rows of 400 users in two folds; whether a row is lost hangs on `strong` more than on `weak`, and not on `none`. */
function sampleOf() {
  const rows = 1200;
  const random = createRandom(5);
  const column = () => Float64Array.from({ length: rows }, () => random.float());
  const matrix = { rows, names: ['none', 'strong', 'weak'], columns: [column(), column(), column()] };
  const [, strong, weak] = matrix.columns;
  const labels = Uint8Array.from(strong, (x, i) => (2 * x + weak[i] + random.float() > 2.4 ? 1 : 0));
  const userOf = Int32Array.from(labels, (_, i) => Math.floor(i / 3));
  const learner = withSettings('gradient-boosting', { trees: 20, columnSample: 1 });
  const boostOn = (start: number, end: number) =>
    fitLearner(
      {
        matrix: sliceRows(matrix, start, end),
        labels: labels.subarray(start, end),
        groups: userOf.subarray(start, end),
      },
      learner,
      1,
    );
  const places = (start: number) => Int32Array.from({ length: 600 }, (_, i) => start + i);
  return {
    matrix,
    labels,
    users: { userOf, count: 400, replicates: 50, seed: 1 },
    parts: [
      { model: boostOn(600, 1200), places: places(0) },
      { model: boostOn(0, 600), places: places(600) },
    ],
  };
}

it('finds the features that matter, the same ones at any number of threads', async () => {
  const sample = sampleOf();
  const { signal } = new AbortController();
  const [alone, dealt] = await Promise.all(
    [1, 3].map((threads) => featureImportance(sample, attributeSample(sample), { threads, signal })),
  );
  expect(dealt).toEqual(alone);
  expect(alone.map(({ name }) => name)).toEqual(['strong', 'weak', 'none']);
  expect(alone[0].low).toBeGreaterThan(alone[1].high);
  expect(alone[2].low).toBeLessThanOrEqual(0);
});
