import { type Columns, withColumns, without } from './columns.ts';

/** More terms in one expression would make it too deep for a parser. */
const TERMS_A_LEVEL = 200;

/** A column `name` with `first` + t₁ + t₂ + …, added from left to right. */
export function sumColumn(columns: Columns, name: string, first: string, terms: readonly string[]): Columns {
  let sum = withColumns(columns, { [name]: [first, ...terms.slice(0, TERMS_A_LEVEL)].join(' + ') });
  for (let start = TERMS_A_LEVEL; start < terms.length; start += TERMS_A_LEVEL) {
    const more = terms.slice(start, start + TERMS_A_LEVEL);
    sum = withColumns(sum, { [name]: [name, ...more].join(' + ') }, without(sum.names, [name]));
  }
  return sum;
}
