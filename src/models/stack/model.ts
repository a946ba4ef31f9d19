import { InputError } from '../../errors.ts';
import { columnsFor, type Matrix } from '../matrix.ts';
import { logOddsOfMember, type MemberModel } from '../member.ts';

/** log-odds = intercept + Σ coefficient · log-odds of a member (Wolpert 1992). */
export interface StackModel {
  readonly kind: 'stack';
  /** Every feature that a member needs. */
  readonly features: readonly string[];
  /** At least one. */
  readonly members: readonly MemberModel[];
  /** One for each member. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/** The log-odds of each row. @throws InputError for values so large that they overflow. */
export function logOddsOfStack(model: StackModel, matrix: Matrix): Float64Array {
  columnsFor(model.features, matrix);
  const logOdds = new Float64Array(matrix.rows).fill(model.intercept);
  model.members.forEach((member, m) => {
    const coefficient = model.coefficients[m];
    const own = logOddsOfMember(member, matrix);
    for (let i = 0; i < logOdds.length; i++) logOdds[i] += coefficient * own[i];
  });
  const overflown = logOdds.findIndex(Number.isNaN);
  if (overflown >= 0) throw new InputError(`The features of row ${overflown} are too large to predict from.`);
  return logOdds;
}
