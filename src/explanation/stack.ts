import { columnsFor, type Matrix } from '../models/matrix.ts';
import type { MemberModel } from '../models/member.ts';
import { clip, clippedLogOdds } from '../models/stack/log-odds.ts';
import type { StackModel } from '../models/stack/model.ts';
import type { Attribution } from './attribution.ts';

/**
 * Contributions in log-odds: those of the members in log-odds, times the stack's coefficients. A member that is
 * attributed in probability, a random forest, has its contributions multiplied by the row's change in log-odds over
 * its change in probability, from the member's base to its prediction: the rescale rule by which Shapley values pass
 * through a function of their sum (Shrikumar, Greenside and Kundaje 2017; Chen, Lundberg and Lee 2022). So they add
 * up exactly, but for such a member they are no Shapley values of the log-odds.
 */
export function attributeStack(
  { features, members, coefficients, intercept }: StackModel,
  matrix: Matrix,
  attributeMember: (member: MemberModel, matrix: Matrix) => Attribution,
): Attribution {
  columnsFor(features, matrix);
  const sums = new Map(features.map((name) => [name, new Float64Array(matrix.rows)]));
  const values = new Map<string, Float64Array>();
  let base = intercept;
  members.forEach((member, m) => {
    const part = inLogOdds(attributeMember(member, matrix), matrix.rows);
    base += coefficients[m] * part.base;
    part.names.forEach((name, j) => {
      const sum = sums.get(name) ?? new Float64Array(matrix.rows);
      const own = part.columns[j];
      for (let i = 0; i < matrix.rows; i++) sum[i] += coefficients[m] * own[i];
      sums.set(name, sum);
    });
    part.values?.forEach((column, name) => {
      values.set(name, column);
    });
  });
  return { unit: 'log-odds', base, names: [...sums.keys()], columns: [...sums.values()], values };
}

function inLogOdds(attribution: Attribution, rows: number): Attribution {
  if (attribution.unit === 'log-odds') return attribution;
  const { base, names, columns } = attribution;
  const rates = Float64Array.from({ length: rows }, (_, i) =>
    rateOfChange(
      base,
      columns.reduce((sum, column) => sum + column[i], base),
    ),
  );
  return {
    unit: 'log-odds',
    base: clippedLogOdds(base),
    names,
    columns: columns.map((column) => column.map((x, i) => x * rates[i])),
  };
}

/**
 * Log-odds a unit of probability between two probabilities. The difference of the log-odds of a and b is
 * log(1 + (b − a) / (a (1 − b))), which loses no digits where they are near.
 */
function rateOfChange(from: number, to: number): number {
  const a = clip(from);
  const b = clip(to);
  if (a === b) return from === to ? 1 / (a * (1 - a)) : 0;
  return Math.log1p((b - a) / (a * (1 - b))) / (to - from);
}
