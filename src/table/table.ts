/** A column of a query's result; `valid[i]` is 0 where row i is null (and `values[i]` then 0, '' or false). */
export type Column =
  | { readonly type: 'float64'; readonly values: Float64Array; readonly valid: Uint8Array }
  | { readonly type: 'int64'; readonly values: BigInt64Array; readonly valid: Uint8Array }
  | { readonly type: 'boolean'; readonly values: Uint8Array; readonly valid: Uint8Array }
  | { readonly type: 'string'; readonly values: readonly string[]; readonly valid: Uint8Array };

/** What an engine hands back: named columns of one length. */
export interface Table {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly Column[];
}

/** A plain value of a cell; 64-bit integers as numbers, which must be safe. */
export type Cell = number | string | boolean | null;

/** @throws RangeError when the table has no such column. */
export function columnOf(table: Table, name: string): Column {
  const index = table.names.indexOf(name);
  if (index < 0) throw new RangeError(`The table has no column "${name}": ${table.names.join(', ')}.`);
  return table.columns[index];
}

/** A numeric column as doubles; null becomes NaN. */
export function numbersOf(table: Table, name: string): Float64Array {
  const numbers = new Float64Array(table.rows);
  putNumbers(table, name, numbers, 0);
  return numbers;
}

/** Puts the doubles of `numbersOf` into others, from the place `start` on. */
export function putNumbers(table: Table, name: string, numbers: Float64Array, start: number): void {
  const column = columnOf(table, name);
  if (column.type === 'string') throw new TypeError(`Column "${name}" holds text, not numbers.`);
  const { values, valid } = column;
  if (column.type === 'float64') numbers.set(column.values, start);
  else for (let i = 0; i < values.length; i++) numbers[start + i] = Number(values[i]);
  for (let i = 0; i < values.length; i++) if (valid[i] === 0) numbers[start + i] = Number.NaN;
}

/** A text column; null becomes ''. */
export function stringsOf(table: Table, name: string): readonly string[] {
  const column = columnOf(table, name);
  if (column.type !== 'string') throw new TypeError(`Column "${name}" holds ${column.type}, not text.`);
  return column.values;
}

/** @throws RangeError for an integer beyond 2^53, which a number cannot hold. */
export function cellOf(column: Column, row: number): Cell {
  if (!column.valid[row]) return null;
  switch (column.type) {
    case 'boolean':
      return column.values[row] === 1;
    case 'int64': {
      const value = Number(column.values[row]);
      if (!Number.isSafeInteger(value)) throw new RangeError(`${column.values[row]} is beyond 2^53.`);
      return value;
    }
    default:
      return column.values[row];
  }
}

/** The rows as records; for small tables. */
export function recordsOf(table: Table): Record<string, Cell>[] {
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(table.names.map((name, j) => [name, cellOf(table.columns[j], row)])),
  );
}
