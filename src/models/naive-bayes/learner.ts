import { z } from 'zod';
import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { checkNumbers } from '../logistic-regression/check-numbers.ts';
import type { Examples } from '../matrix.ts';
import { parseSettings } from '../settings.ts';
import type { NaiveBayesModel, NormalPair } from './model.ts';

const schema = z.strictObject({
  /** The share of a feature's variance that is added to its variance in each class. */
  varianceSmoothing: z.number().positive().max(1),
});

export type NaiveBayesSettings = Readonly<z.infer<typeof schema>>;

/**
 * Gaussian naive Bayes. A missing value says nothing and is left out. Variances are smoothed by a share of the feature's
 * own, so that the unit of no other feature matters: on standardised features it is scikit-learn's GaussianNB.
 */
export const naiveBayes: Learner<NaiveBayesSettings, NaiveBayesModel> = {
  name: 'naive-bayes',
  title: 'Naive Bayes',
  schema,
  defaults: { varianceSmoothing: 1e-9 },
  searchSpace: { varianceSmoothing: { kind: 'number', low: 1e-9, high: 1, scale: 'log' } },
  fit: (examples, settings) => {
    const checked = parseSettings('naive-bayes', schema, settings);
    checkExamples(examples);
    checkNumbers('Naive Bayes', examples.matrix);
    return fitNaiveBayes(examples, checked);
  },
};

function fitNaiveBayes(examples: Examples, { varianceSmoothing }: NaiveBayesSettings): NaiveBayesModel {
  const { matrix, labels, weights } = examples;
  const rowsOf = [0, 1].map((label) => (row: number) => labels[row] === label);
  const totals = rowsOf.map((isIn) => {
    let total = 0;
    for (let row = 0; row < labels.length; row++) if (isIn(row)) total += weights ? weights[row] : 1;
    return total;
  });
  return {
    kind: 'naive-bayes',
    features: matrix.names,
    prior: Math.log(totals[1] / totals[0]),
    normals: matrix.columns.map((column) => fitNormals(column, examples, varianceSmoothing)),
  };
}

/** null where the feature does not vary, or one of the classes has no value of it. */
function fitNormals(
  column: Float64Array,
  { labels, weights }: Examples,
  smoothing: number,
): NormalPair | null {
  const all = momentsOf(column, weights, () => true);
  const [stayed, lost] = [0, 1].map((label) => momentsOf(column, weights, (row) => labels[row] === label));
  const added = smoothing * all.variance;
  const means = [stayed.mean, lost.mean] as const;
  const variances = [stayed.variance + added, lost.variance + added] as const;
  const isUsable = variances.every((v) => v > 0 && Number.isFinite(v)) && means.every(Number.isFinite);
  return isUsable ? { means, variances } : null;
}

/** Mean and population variance of the present values of some rows; NaN without any. */
function momentsOf(
  column: Float64Array,
  weights: Float64Array | undefined,
  isIn: (row: number) => boolean,
): { mean: number; variance: number } {
  let total = 0;
  let sum = 0;
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row]) || !isIn(row)) continue;
    const weight = weights ? weights[row] : 1;
    total += weight;
    sum += weight * column[row];
  }
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row]) || !isIn(row)) continue;
    squares += (weights ? weights[row] : 1) * (column[row] - mean) ** 2;
  }
  return { mean, variance: squares / total };
}
