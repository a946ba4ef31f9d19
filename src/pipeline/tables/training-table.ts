import type { Engine } from '../../engine/engine.ts';
import { InputError, UsageError } from '../../errors.ts';
import type { Examples } from '../../models/matrix.ts';
import { checkText } from './check-text.ts';
import type { ColumnRoles } from './column-roles.ts';
import { type Classes, readLabels } from './labels.ts';
import { type ColumnKind, kindOf, readColumns, readText } from './read-columns.ts';
import { openTable, type TableColumn, type TableFile } from './table-file.ts';

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
function textColumns({ label, group, category }: ColumnRoles): ReadonlySet<string> {
  return new Set([label, ...category, ...(group === undefined ? [] : [group])]);
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
