import type { Term } from '../logistic-regression/preparation.ts';
import { double } from './number.ts';

/** A standardised term as `fillTerm` computes it. @param x the column of its feature, NULL where missing. */
export function termSql(term: Term, x: string): string {
  const value =
    term.part === 'missing'
      ? `case when ${x} is null then ${double(1)} else ${double(0)} end`
      : `coalesce(${x}, ${double(term.median)})`;
  return `(${value} - ${double(term.mean)}) / ${double(term.sd)}`;
}
