import { UsageError } from '../../errors.ts';

/** @throws UsageError unless it is one to three parts, each of word characters or in backticks. */
export function checkTableName(name: string): void {
  if (/^(?:\w+|`(?:[^`]|``)+`)(?:\.(?:\w+|`(?:[^`]|``)+`)){0,2}$/.test(name)) return;
  throw new UsageError(
    `${name} is no name of a table: expected table, database.table or catalog.database.table, other than letters, digits and _ in backticks.`,
    { name },
  );
}

/** The name of a table beside another: `churn.scores` and `__a1` make `churn.scores__a1`. */
export function besideTable(name: string, suffix: string): string {
  return name.endsWith('`') ? `${name.slice(0, -1)}${suffix}\`` : `${name}${suffix}`;
}
