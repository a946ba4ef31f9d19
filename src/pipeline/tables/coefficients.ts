import { normalQuantile975 } from '../../evaluation/intervals.ts';
import { withoutCalibration } from '../../models/calibration/model.ts';
import { withSettings } from '../../models/learners.ts';
import { coefficientTable } from '../../models/logistic-regression/coefficient-table.ts';
import type { Examples } from '../../models/matrix.ts';
import type { Model } from '../../models/model.ts';
import { unwrap } from '../../models/preparation/model.ts';
import type { Cell } from '../../table/table.ts';
import type { FitTableSettings } from './settings.ts';

/** The coefficients of a fitted logistic regression, before calibration, with standard errors and 95 % intervals, in units of the prepared columns. */
export function coefficientRecords(
  model: Model,
  training: Examples,
  { changes }: Pick<FitTableSettings, 'changes'>,
): Record<string, Cell>[] {
  const learner = withSettings('logistic-regression', changes['logistic-regression']);
  const uncalibrated = withoutCalibration(model);
  if (uncalibrated.kind !== 'prepared' || learner.learner !== 'logistic-regression') return [];
  const within = unwrap(uncalibrated, training.matrix);
  if (within.model.kind !== 'logistic-regression') return [];
  const rows = coefficientTable(within.model, { ...training, matrix: within.matrix }, learner.settings);
  return rows.map(({ term, coefficient, standardError, standardised }) => ({
    term,
    coefficient,
    standard_error: standardError,
    low: coefficient - normalQuantile975 * standardError,
    high: coefficient + normalQuantile975 * standardError,
    standardised,
  }));
}
