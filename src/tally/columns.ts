import type { Column, Table } from '../table/table.ts';

/** A table of the given columns, which have one length. */
export function tableOf(columns: Readonly<Record<string, Column>>): Table {
  const names = Object.keys(columns);
  return { rows: columns[names[0]].valid.length, names, columns: Object.values(columns) };
}

/** Whole numbers and others; NaN is null. */
export function numberColumn(numbers: ArrayLike<number>): Column {
  const values = Float64Array.from(numbers);
  return {
    type: 'float64',
    values,
    valid: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}

export function textColumn(texts: readonly (string | null)[]): Column {
  return {
    type: 'string',
    values: texts.map((text) => text ?? ''),
    valid: Uint8Array.from(texts, (text) => (text === null ? 0 : 1)),
  };
}

/** Whole numbers, as 64-bit integers. */
export function wholeColumn(numbers: ArrayLike<number>): Column {
  const values = BigInt64Array.from({ length: numbers.length }, (_, i) => BigInt(numbers[i]));
  return { type: 'int64', values, valid: new Uint8Array(numbers.length).fill(1) };
}
