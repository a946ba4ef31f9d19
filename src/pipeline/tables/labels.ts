import { InputError, NothingToLearnError, UsageError } from '../../errors.ts';
import type { ColumnRoles } from './column-roles.ts';

/** The label's two values as the table writes them. */
export interface Classes {
  readonly negative: string;
  readonly positive: string;
}

/**
 * The labels of a table to learn from.
 * @throws InputError for a missing label or more than two values; NothingToLearnError without rows or with one value.
 * @throws UsageError when neither value is 1 or true and none is named.
 */
export function readLabels(
  texts: readonly (string | null)[],
  { label, positive }: Pick<ColumnRoles, 'label' | 'positive'>,
  path: string,
): { labels: Uint8Array; classes: Classes } {
  if (texts.length === 0) throw new NothingToLearnError(`${path} has no rows.`, { path });
  const missing = texts.flatMap((text, row) => (text === null ? [row + 1] : []));
  if (missing.length > 0) {
    throw new InputError(
      `The label ${JSON.stringify(label)} is missing in ${missing.length} of the ${texts.length} rows of ${path}, first in row ${missing[0]}: leave them out.`,
      { path, rows: missing.slice(0, 100) },
    );
  }
  const values = [...new Set(texts.map((text) => canonical(text ?? '')))].sort();
  const shown = values.slice(0, 5).map((value) => JSON.stringify(value));
  if (values.length === 1) {
    throw new NothingToLearnError(
      `The label ${JSON.stringify(label)} of ${path} is ${shown[0]} in every row: a learner needs both outcomes.`,
      { path, label },
    );
  }
  if (values.length > 2) {
    throw new InputError(
      `The label ${JSON.stringify(label)} of ${path} has ${values.length} values (${shown.join(', ')}${values.length > 5 ? ', …' : ''}); expected two.`,
      { path, label },
    );
  }
  const classes = classesOf(values, positive, label);
  return { labels: labelsOf(texts, classes, path), classes };
}

function classesOf(values: readonly string[], positive: string | undefined, label: string): Classes {
  const wanted = positive === undefined ? undefined : canonical(positive);
  const found = values.find((value) =>
    wanted === undefined ? value === '1' || value.toLowerCase() === 'true' : value === wanted,
  );
  if (found !== undefined) return { positive: found, negative: values[found === values[0] ? 1 : 0] };
  const shown = values.map((value) => JSON.stringify(value)).join(' and ');
  throw new UsageError(
    `The label ${JSON.stringify(label)} is ${shown}: say with --positive which of them is to be predicted.`,
    { label, values },
  );
}

/** One text for all the ways to write a number. */
function canonical(text: string): string {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? text : String(number + 0);
}

/** The labels of a table whose classes are known. @throws InputError for a missing or another value. */
export function labelsOf(texts: readonly (string | null)[], classes: Classes, path: string): Uint8Array {
  return Uint8Array.from(texts, (text, row) => {
    const value = text === null ? null : canonical(text);
    if (value === classes.positive) return 1;
    if (value === classes.negative) return 0;
    throw new InputError(
      `The label of row ${row + 1} of ${path} is ${value === null ? 'missing' : JSON.stringify(text)}; expected ${JSON.stringify(classes.negative)} or ${JSON.stringify(classes.positive)}.`,
      { path, row: row + 1 },
    );
  });
}
