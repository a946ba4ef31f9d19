import { InputError } from '../errors.ts';
import type { Learner } from './learner.ts';
import { type LogisticRegressionSettings, logisticRegression } from './logistic-regression/learner.ts';
import type { LogisticRegressionModel } from './logistic-regression/model.ts';
import type { Examples } from './matrix.ts';

/** The one feature that the baseline looks at. */
const BASELINE_FEATURE = 'days_since_last_event';

/**
 * What anyone would try first, and every other learner has to beat: who has not been seen for long is about
 * to leave.
 */
export const baseline: Learner<LogisticRegressionSettings, LogisticRegressionModel> = {
  name: 'baseline',
  title: 'Baseline: days since the last event',
  schema: logisticRegression.schema,
  defaults: { C: 1, classWeight: 'none' },
  searchSpace: {},
  fit: (examples, settings, seed) => logisticRegression.fit(onlyFeature(examples), settings, seed),
};

/** @throws InputError when the matrix lacks the feature. */
function onlyFeature(examples: Examples): Examples {
  const { matrix } = examples;
  const j = matrix.names.indexOf(BASELINE_FEATURE);
  if (j < 0)
    throw new InputError(`The baseline needs the feature "${BASELINE_FEATURE}", which the matrix lacks.`);
  return {
    ...examples,
    matrix: { rows: matrix.rows, names: [BASELINE_FEATURE], columns: [matrix.columns[j]] },
  };
}
