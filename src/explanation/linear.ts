import type { LogisticRegressionModel } from '../models/logistic-regression/model.ts';
import { fillTerm } from '../models/logistic-regression/preparation.ts';
import { columnsFor, type Matrix } from '../models/matrix.ts';
import type { Attribution } from './attribution.ts';

/**
 * Contributions in log-odds: each feature's terms times their coefficients. A standardised term is 0 at the
 * training mean.
 */
export function attributeLinear(model: LogisticRegressionModel, matrix: Matrix): Attribution {
  const inputs = columnsFor(model.features, matrix);
  const columns = inputs.map(() => new Float64Array(matrix.rows));
  const scratch = new Float64Array(matrix.rows);
  model.terms.forEach((term, k) => {
    fillTerm(term, inputs[term.feature], 0, matrix.rows, scratch, 0);
    const coefficient = model.coefficients[k];
    const column = columns[term.feature];
    for (let i = 0; i < column.length; i++) column[i] += coefficient * scratch[i];
  });
  return { unit: 'log-odds', base: model.intercept, names: model.features, columns };
}
