import { describe, expect, it } from 'vitest';
import { coefficientTable } from '../../../src/models/logistic-regression/coefficient-table.ts';
import { logisticRegression } from '../../../src/models/logistic-regression/learner.ts';
import { logOddsOfLogisticRegression } from '../../../src/models/logistic-regression/model.ts';
import reference from '../../fixtures/reference/linear-models.json' with { type: 'json' };
import { distance, referenceExamples } from '../linear-reference.ts';
import { examplesOf, synthetic } from '../synthetic.ts';

const { fit: learn } = logisticRegression;
const { matrix } = referenceExamples;
const four = {
  ...referenceExamples,
  matrix: { rows: matrix.rows, names: matrix.names.slice(0, 4), columns: matrix.columns.slice(0, 4) },
};

describe('the table of coefficients', () => {
  it('has slopes and standard errors in the units of the columns, as the inverse information gives them', () => {
    const settings = { C: 1e10, classWeight: 'none' } as const;
    const rows = coefficientTable(learn(four, settings, 1), four, settings);
    const { coefficients, intercept, standardErrors } = reference.standardErrors;
    expect(rows.map(({ term }) => term)).toEqual(['f0', 'f1', 'f2', 'f3', 'intercept']);
    rows.forEach(({ coefficient, standardError }, k) => {
      const expected = [...coefficients, intercept][k];
      expect(Math.abs(coefficient / expected - 1)).toBeLessThan(1e-5);
      expect(Math.abs(standardError / standardErrors[k] - 1)).toBeLessThan(1e-5);
    });
  });

  it('gives the log-odds back by its coefficients alone', () => {
    const settings = { C: 0.5, classWeight: 'balanced' } as const;
    const model = learn(four, settings, 1);
    const rows = coefficientTable(model, four, settings);
    const sums = Array.from({ length: 120 }, (_, i) =>
      rows.reduce(
        (sum, { coefficient }, k) => sum + coefficient * (k < 4 ? four.matrix.columns[k][i] : 1),
        0,
      ),
    );
    expect(distance(sums, logOddsOfLogisticRegression(model, four.matrix))).toBeLessThan(1e-9);
  });

  it('has smaller standard errors under a stronger penalty', () => {
    const errors = [1e4, 1, 0.01].map((C) => {
      const settings = { C, classWeight: 'none' } as const;
      return coefficientTable(learn(four, settings, 1), four, settings)[0].standardError;
    });
    expect(errors[0]).toBeGreaterThan(errors[1]);
    expect(errors[1]).toBeGreaterThan(errors[2]);
  });

  it('names indicators, and knows no standard errors after selection by L1', () => {
    const examples = synthetic(300, 2);
    const settings = { C: 1, l1Ratio: 0.5, classWeight: 'none' } as const;
    const rows = coefficientTable(learn(examples, settings, 1), examples, settings);
    expect(rows.map(({ term }) => term)).toContain('gap is missing');
    expect(rows.every(({ standardError }) => Number.isNaN(standardError))).toBe(true);
  });

  it('has the intercept alone where no column varies', () => {
    const examples = examplesOf({ same: [1, 1, 1, 1] }, [0, 0, 0, 1]);
    const settings = { C: 1, classWeight: 'none' } as const;
    const rows = coefficientTable(learn(examples, settings, 1), examples, settings);
    expect(rows).toHaveLength(1);
    expect(rows[0].coefficient).toBeCloseTo(Math.log(1 / 3), 10);
    expect(rows[0].standardError).toBeCloseTo(1 / Math.sqrt(4 * 0.25 * 0.75), 10);
  });
});
