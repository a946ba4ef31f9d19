import type { Matrix } from '../matrix.ts';
import { daySpline } from './day-spline.ts';

/** What the hazard of a day is regressed on, by the names that the columns get. */
export interface HazardDesign {
  /** Knots of the baseline, in log days. */
  readonly knots: readonly number[];
  /** Days beyond count as this one: the hazard stays as it was there. */
  readonly carriedDays: number;
  /** Whether the first day on which a row can be lost has a hazard of its own. */
  readonly hasFirstDay: boolean;
}

/**
 * The design matrix of person-days: the covariates of each one's row, the spline of its day, and each covariate times log(day), so that
 * what a covariate says may fade with time. With a first day of its own, its flag and each covariate times it.
 *
 * @param rows of the matrix, one a person-day.
 * @param days of the same, from 1 up.
 * @param from the first day of each row of the matrix; day 1 where absent.
 */
export function hazardMatrix(
  { names, columns }: Pick<Matrix, 'names' | 'columns'>,
  rows: Int32Array,
  days: Int32Array,
  design: HazardDesign,
  from?: Int32Array,
): Matrix {
  const table = splineTable(design);
  const at = days.map((day) => Math.min(day, design.carriedDays) - 1);
  const covariates = columns.map((column) => Float64Array.from(rows, (row) => column[row]));
  const logDays = Float64Array.from(at, (k) => table[0][k]);
  const splines = table.slice(1).map((values) => Float64Array.from(at, (k) => values[k]));
  const products = covariates.map((column) => column.map((value, i) => value * logDays[i]));
  const matrix = {
    rows: rows.length,
    names: [
      ...names,
      ...table.map((_, j) => (j === 0 ? 'log_day' : `day_spline_${j}`)),
      ...names.map((name) => `${name}_by_log_day`),
    ],
    columns: [...covariates, logDays, ...splines, ...products],
  };
  if (!design.hasFirstDay) return matrix;
  const isFirst = Float64Array.from(days, (day, i) => (day === (from?.[rows[i]] ?? 1) ? 1 : 0));
  return {
    rows: matrix.rows,
    names: [...matrix.names, 'first_day', ...names.map((name) => `${name}_on_first_day`)],
    columns: [
      ...matrix.columns,
      isFirst,
      ...covariates.map((column) => column.map((value, i) => (isFirst[i] === 1 ? value : 0))),
    ],
  };
}

/** By term, its value on each day from 1 to the last carried one. */
function splineTable({ knots, carriedDays }: HazardDesign): Float64Array[] {
  const byDay = Array.from({ length: carriedDays }, (_, k) => daySpline(k + 1, knots));
  return byDay[0].map((_, j) => Float64Array.from(byDay, (terms) => terms[j]));
}
