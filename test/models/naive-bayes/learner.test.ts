import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { attribute } from '../../../src/explanation/attribute.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { naiveBayes } from '../../../src/models/naive-bayes/learner.ts';
import { logOddsOfNaiveBayes } from '../../../src/models/naive-bayes/model.ts';
import reference from '../../fixtures/reference/linear-models.json' with { type: 'json' };
import { distance, referenceExamples, referenceWeights } from '../linear-reference.ts';
import { examplesOf, matrixOf } from '../synthetic.ts';

const learn = (examples: Parameters<typeof naiveBayes.fit>[0]) =>
  naiveBayes.fit(examples, naiveBayes.defaults, 1);

describe('naive Bayes', () => {
  it('has the log-odds of GaussianNB on standardised columns, with weights too', () => {
    const { matrix } = referenceExamples;
    const plain = logOddsOfNaiveBayes(learn(referenceExamples), matrix);
    expect(distance(plain, reference.naiveBayes.logOdds)).toBeLessThan(1e-6);
    const weighted = logOddsOfNaiveBayes(learn({ ...referenceExamples, weights: referenceWeights }), matrix);
    expect(distance(weighted, reference.weightedNaiveBayes.logOdds)).toBeLessThan(1e-6);
  });

  it('leaves out what is missing, constant, or unknown in one of the classes', () => {
    const nan = Number.NaN;
    const model = learn(
      examplesOf(
        { x: [1, 2, nan, 4, 5], same: [3, 3, 3, 3, 3], half: [nan, nan, 1, 2, nan] },
        [0, 0, 0, 1, 1],
      ),
    );
    expect(model.normals.map((pair) => pair === null)).toEqual([false, true, false]);
    const [missing] = logOddsOfNaiveBayes(model, matrixOf({ x: [nan], same: [1], half: [nan] }));
    expect(missing).toBe(model.prior);
    expect(model.prior).toBeCloseTo(Math.log(2 / 3), 15);
  });

  it('does not mind the units of the features', () => {
    const { matrix } = referenceExamples;
    const scaled = {
      ...matrix,
      columns: matrix.columns.map((column, j) => column.map((x) => x * 10 ** (3 * j))),
    };
    const there = predict(learn({ ...referenceExamples, matrix: scaled }), scaled);
    expect(distance(predict(learn(referenceExamples), matrix), there)).toBeLessThan(1e-9);
  });

  it('explains its log-odds feature by feature, and is the same after JSON', () => {
    const model = learn(referenceExamples);
    const { base, columns } = attribute(model, referenceExamples.matrix);
    const sums = columns.reduce(
      (sum, column) => sum.map((x, i) => x + column[i]),
      new Float64Array(120).fill(base),
    );
    expect(distance(sums, logOddsOfNaiveBayes(model, referenceExamples.matrix))).toBeLessThan(1e-9);
    expect(parseModel(JSON.parse(stringifyModel(model)))).toEqual(model);
    expect(() => parseModel({ ...model, normals: [] })).toThrow(InputError);
  });

  it('refuses values whose squares overflow', () => {
    const model = learn(referenceExamples);
    const huge = {
      ...referenceExamples.matrix,
      columns: referenceExamples.matrix.columns.map((c) => c.map(() => 1e200)),
    };
    expect(() => predict(model, huge)).toThrow(InputError);
  });
});
