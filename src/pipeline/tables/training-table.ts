import type { Engine } from '../../engine/engine.ts';
import { InputError, NothingToLearnError, UsageError } from '../../errors.ts';
import type { Examples } from '../../models/matrix.ts';
import { checkText } from './check-text.ts';
import { type ColumnKind, kindOf, readColumns, readText } from './read-columns.ts';
import { openTable, type TableColumn, type TableFile } from './table-file.ts';

/** What each column of a table is for. */
export interface ColumnRoles {
  readonly label: string;
  /** The value of the label that is 1; by default 1 or true. */
  readonly positive?: string;
  /** Rows of one group stay together; by default every row is a group of its own. */
  readonly group?: string;
  /** How much each row counts in the fit; metrics count every row alike. */
  readonly weight?: string;
  /** Columns that are left out. */
  readonly drop: readonly string[];
  /** Columns that are categories though they look like numbers. */
  readonly category: readonly string[];
}

/** The label's two values as the table writes them. */
export interface Classes {
  readonly negative: string;
  readonly positive: string;
}

export interface TrainingTable {
  readonly file: TableFile;
  readonly examples: Examples;
  /** By row: the key of its group. */
  readonly groupKeys: readonly string[];
  readonly classes: Classes;
  /** The columns that features may be made of. */
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
}

/**
 * Reads a table to learn from.
 * @throws UsageError when a column that is named is not there, or the positive value must be.
 * @throws InputError when a label or group is missing, the label has more than two values, or a value is infinite.
 * @throws NothingToLearnError when there is no row, or the label has one value.
 */
export async function readTrainingTable(
  engine: Engine,
  path: string,
  roles: ColumnRoles,
): Promise<TrainingTable> {
  const file = await openTable(engine, path, textColumns(roles));
  checkRoles(file, roles);
  const texts = await readText(engine, file, columnNamed(file, roles.label));
  const { labels, classes } = readLabels(texts, roles, path);
  const groupKeys = await readGroups(engine, file, roles, labels.length);
  const columns = featureColumns(file, roles);
  const named = new Set(roles.category);
  await checkText(
    engine,
    file,
    columns.filter(({ name }) => !named.has(name)),
  );
  const matrix = await readColumns(engine, file, columns);
  const weights = await readWeights(engine, file, roles);
  const examples = { matrix, labels, groups: numbered(groupKeys), ...weights };
  return { file, examples, groupKeys, classes, columns };
}

/** Columns whose text is taken as it stands in CSV. */
export function textColumns({ label, group, category }: ColumnRoles): ReadonlySet<string> {
  return new Set([label, ...category, ...(group === undefined ? [] : [group])]);
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

export function columnNamed({ columns, path }: TableFile, name: string): TableColumn {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const names = columns.slice(0, 20).map((column) => JSON.stringify(column.name));
  throw new UsageError(
    `${path} has no column ${JSON.stringify(name)}: it has ${names.join(', ')}${columns.length > 20 ? ', …' : ''}.`,
    { path, column: name },
  );
}

function checkRoles(file: TableFile, { label, group, weight, drop, category }: ColumnRoles): void {
  const single = [label, group, weight].filter((name) => name !== undefined);
  for (const name of [...single, ...drop, ...category]) columnNamed(file, name);
  if (new Set(single).size < single.length) {
    throw new UsageError('Label, group and weight must be columns of their own.', { label, group, weight });
  }
}

function featureColumns(file: TableFile, { label, group, weight, drop, category }: ColumnRoles) {
  const unused = new Set([label, group, weight, ...drop]);
  const asCategory = new Set(category);
  const columns = file.columns
    .filter(({ name }) => !unused.has(name))
    .map((column) => ({
      ...column,
      kind: asCategory.has(column.name) ? ('category' as const) : kindOf(column, file.path),
    }));
  const tooLong = columns.find(({ name }) => name.length > LONGEST_NAME);
  if (tooLong !== undefined) {
    throw new InputError(
      `A column of ${file.path} has a name of ${tooLong.name.length} characters; expected ${LONGEST_NAME} at most.`,
      { path: file.path },
    );
  }
  if (columns.length > 0) return columns;
  throw new UsageError(`${file.path} has no column left to learn from.`, { path: file.path });
}

/** What a model file takes. */
const LONGEST_NAME = 1000;

function readLabels(
  texts: readonly (string | null)[],
  { label, positive }: ColumnRoles,
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

async function readGroups(
  engine: Engine,
  file: TableFile,
  { group }: ColumnRoles,
  rows: number,
): Promise<string[]> {
  if (group === undefined) return Array.from({ length: rows }, (_, row) => String(row));
  const texts = await readText(engine, file, columnNamed(file, group));
  return texts.map((text, row) => {
    if (text !== null) return text;
    throw new InputError(
      `Row ${row + 1} of ${file.path} has no ${JSON.stringify(group)}; expected a group.`,
      {
        path: file.path,
        row: row + 1,
      },
    );
  });
}

async function readWeights(
  engine: Engine,
  file: TableFile,
  { weight }: ColumnRoles,
): Promise<{ weights?: Float64Array }> {
  if (weight === undefined) return {};
  const matrix = await readColumns(engine, file, [{ ...columnNamed(file, weight), kind: 'number' }]);
  const [weights] = matrix.columns;
  const bad = weights.findIndex((one) => !(one >= 0 && one < Number.POSITIVE_INFINITY));
  if (bad < 0) return { weights };
  throw new InputError(
    `The weight of row ${bad + 1} of ${file.path} is ${Number.isNaN(weights[bad]) ? 'missing' : weights[bad]}; expected a number from 0 up.`,
    { path: file.path, row: bad + 1 },
  );
}

/** Groups by number, in the order in which they come. */
export function numbered(keys: readonly string[]): Int32Array {
  const numbers = new Map([...new Set(keys)].map((key, i) => [key, i]));
  return Int32Array.from(keys, (key) => numbers.get(key) ?? 0);
}
