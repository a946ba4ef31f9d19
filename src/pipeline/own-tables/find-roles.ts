import { InputError, UsageError } from '../../errors.ts';
import { isTime } from '../tables/read-columns.ts';
import type { TableColumn, TableFile } from '../tables/table-file.ts';
import type { OwnTableSpec } from './own-table-spec.ts';

/** What a table of a user's own is joined by, and what is left. */
export interface OwnTableRoles {
  readonly user: TableColumn;
  /** Absent where the table has no column of dates or times. */
  readonly date: TableColumn | undefined;
  readonly values: readonly TableColumn[];
}

/**
 * @param logUser the log's column of the user.
 * @throws UsageError where a column that is named is not there, or has no dates; InputError where none is named and it cannot be told.
 */
export function findRoles(file: TableFile, spec: OwnTableSpec, logUser: string): OwnTableRoles {
  const user = spec.user === undefined ? userColumn(file, logUser) : named(file, spec.user);
  const date = dateColumn(file, spec);
  const values = file.columns.filter((column) => column !== user && column !== date);
  if (values.length > 0) return { user, date, values };
  throw new InputError(`${file.path} has no column beside user and date: there is nothing to join.`, {
    path: file.path,
  });
}

function userColumn(file: TableFile, logUser: string): TableColumn {
  const found = [logUser, 'user'].flatMap((name) => file.columns.filter((column) => column.name === name));
  if (found.length > 0) return found[0];
  throw new InputError(
    `${file.path} has no column ${JSON.stringify(logUser)} or "user": name the user's as ${file.path},user=COLUMN, of ${listed(file.columns)}.`,
    { path: file.path },
  );
}

function dateColumn(file: TableFile, { date }: OwnTableSpec): TableColumn | undefined {
  if (date === undefined) {
    const times = file.columns.filter(({ type }) => isTime(type));
    if (times.length < 2) return times[0];
    throw new InputError(
      `${file.path} has ${times.length} columns of dates or times (${listed(times)}): say which tells from when a row is known, as ${file.path},date=COLUMN.`,
      { path: file.path },
    );
  }
  const column = named(file, date);
  if (isTime(column.type)) return column;
  throw new UsageError(
    `The column ${JSON.stringify(date)} of ${file.path} is ${column.type}: expected dates or times.`,
    { path: file.path, column: date },
  );
}

function named(file: TableFile, name: string): TableColumn {
  const found = file.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `${file.path} has no column ${JSON.stringify(name)}: it has ${listed(file.columns)}.`,
    { path: file.path, column: name },
  );
}

function listed(columns: readonly TableColumn[]): string {
  const names = columns.slice(0, 20).map(({ name }) => JSON.stringify(name));
  return `${names.join(', ')}${columns.length > 20 ? ', …' : ''}`;
}
