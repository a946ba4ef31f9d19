import type { Column, Table } from '../../table/table.ts';

/** A table of named columns of one length. */
export function tableOf(rows: number, columns: readonly (readonly [string, Column])[]): Table {
  return { rows, names: columns.map(([name]) => name), columns: columns.map(([, column]) => column) };
}

export function texts(values: readonly string[]): Column {
  return { type: 'string', values, valid: all(values) };
}

/** Undefined becomes null. */
export function doubles(values: readonly (number | undefined)[]): Column {
  const numbers = Float64Array.from(values, (value) => value ?? 0);
  return { type: 'float64', values: numbers, valid: present(values) };
}

/** Whole numbers; undefined becomes null. */
export function integers(values: readonly (number | undefined)[]): Column {
  return {
    type: 'int64',
    values: BigInt64Array.from(values, (value) => BigInt(value ?? 0)),
    valid: present(values),
  };
}

/** Undefined becomes null. */
export function booleans(values: readonly (boolean | undefined)[]): Column {
  const flags = Uint8Array.from(values, (value) => (value === true ? 1 : 0));
  return { type: 'boolean', values: flags, valid: present(values) };
}

function all(values: readonly unknown[]): Uint8Array {
  return new Uint8Array(values.length).fill(1);
}

function present(values: readonly unknown[]): Uint8Array {
  return Uint8Array.from(values, (value) => (value === undefined ? 0 : 1));
}
