import { sigmoid } from '../exponential.ts';
import { logOddsOfLogisticRegression } from '../logistic-regression/model.ts';
import { columnsFor, type Matrix } from '../matrix.ts';
import { hazardMatrix } from './design.ts';
import type { HazardModel } from './hazard.ts';
import { checkComplete } from './watched.ts';

/**
 * The probability of being lost by the end of each day: 1 − Π (1 − hazard), by day and row: `risks[k][i]` is that of row i by day k + 1.
 * Beyond `model.carriedDays` the hazard is taken to stay as it was.
 *
 * @param from as in `Watched`; needed of a model with a first day of its own.
 * @throws InputError naming a feature that the matrix lacks, or that holds an infinite or a missing value.
 */
export function riskByDay(
  model: HazardModel,
  matrix: Matrix,
  lastDay: number,
  from?: Int32Array,
): Float64Array[] {
  const columns = columnsFor(model.features, matrix);
  checkComplete(model.features, columns);
  const usual = linesByDay(model, lastDay, false);
  const onFirst = model.hasFirstDay ? linesByDay(model, lastDay, true) : usual;
  const staying = new Float64Array(matrix.rows).fill(1);
  return Array.from({ length: lastDay }, (_, k) => {
    for (let i = 0; i < staying.length; i++) {
      const first = from === undefined ? 1 : from[i];
      if (k + 1 < first) continue;
      const { intercept, slopes } = k + 1 === first ? onFirst[k] : usual[k];
      let logOdds = intercept;
      for (let j = 0; j < slopes.length; j++) logOdds += slopes[j] * columns[j][i];
      staying[i] *= 1 - sigmoid(logOdds);
    }
    return staying.map((share) => 1 - share);
  });
}

/** The log-odds of a day's hazard as they lie in the covariates. */
interface DayLine {
  readonly intercept: number;
  readonly slopes: readonly number[];
}

/** The lines of the days 1 … `lastDay`, read off the regression at no covariate and at one of each. */
function linesByDay(model: HazardModel, lastDay: number, isFirst: boolean): DayLine[] {
  const { features, daily } = model;
  const probes = {
    names: features,
    columns: features.map((_, j) =>
      Float64Array.from({ length: features.length + 1 }, (_, i) => (i === j + 1 ? 1 : 0)),
    ),
  };
  const rows = Int32Array.from({ length: features.length + 1 }, (_, i) => i);
  return Array.from({ length: lastDay }, (_, k) => {
    const first = rows.map(() => (isFirst ? k + 1 : 0));
    const matrix = hazardMatrix(
      probes,
      rows,
      rows.map(() => k + 1),
      model,
      first,
    );
    const [intercept, ...ends] = logOddsOfLogisticRegression(daily, matrix);
    return { intercept, slopes: ends.map((end) => end - intercept) };
  });
}
