import { SparkError } from './error.ts';
import type { Expression_Literal as Literal } from './gen/spark/connect/expressions_pb.ts';

/** What a method of a Spark ML object gave. A vector is its numbers, those that Spark left out being 0. */
export type MlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly MlValue[]
  | Float64Array
  | MlMatrix;

/** A matrix by rows: the number in row i and column j is `values[i * columns + j]`. */
export interface MlMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** @throws SparkError for a type that is none of these. */
export function toMlValue({ literalType }: Literal): MlValue {
  switch (literalType.case) {
    case 'null':
      return null;
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'string':
      return literalType.value;
    case 'array':
      return literalType.value.elements.map(toMlValue);
    case 'specializedArray':
      return literalType.value.valueType.value?.values ?? [];
    case 'struct': {
      const { structType, elements } = literalType.value;
      const { kind } = structType ?? {};
      if (kind?.case === 'udt') return toAlgebra(kind.value.jvmClass, elements.map(toMlValue));
      return elements.map(toMlValue);
    }
    default:
      return unsupported(literalType.case ?? 'nothing');
  }
}

/** `org.apache.spark.ml.linalg.VectorUDT` and `MatrixUDT`, by the fields of their serialised forms. */
function toAlgebra(type = '', fields: readonly MlValue[]): Float64Array | MlMatrix {
  if (type.endsWith('.VectorUDT')) {
    const [dense, size, indices, values] = fields;
    return dense === 1
      ? Float64Array.from(numbers(values))
      : scattered(whole(size), numbers(indices), numbers(values));
  }
  if (type.endsWith('.MatrixUDT')) {
    const [dense, rows, columns, pointers, indices, values, transposed] = fields;
    const shape = { rows: whole(rows), columns: whole(columns), transposed: transposed === true };
    return dense === 1
      ? denseMatrix(shape, numbers(values))
      : sparseMatrix(shape, numbers(pointers), numbers(indices), numbers(values));
  }
  return unsupported(type);
}

interface Shape {
  readonly rows: number;
  readonly columns: number;
  /** Whether it is stored by rows; Spark stores by columns else. */
  readonly transposed: boolean;
}

function scattered(size: number, indices: readonly number[], values: readonly number[]): Float64Array {
  const all = new Float64Array(size);
  for (let i = 0; i < indices.length; i++) all[indices[i]] = values[i];
  return all;
}

function denseMatrix({ rows, columns, transposed }: Shape, stored: readonly number[]): MlMatrix {
  if (transposed) return { rows, columns, values: Float64Array.from(stored) };
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) values[i * columns + j] = stored[j * rows + i];
  return { rows, columns, values };
}

/** Compressed columns, or rows where transposed: line k's numbers stand at pointers[k] to pointers[k + 1]. */
function sparseMatrix(
  { rows, columns, transposed }: Shape,
  pointers: readonly number[],
  indices: readonly number[],
  stored: readonly number[],
): MlMatrix {
  const values = new Float64Array(rows * columns);
  for (let line = 0; line + 1 < pointers.length; line++) {
    for (let k = pointers[line]; k < pointers[line + 1]; k++) {
      values[transposed ? line * columns + indices[k] : indices[k] * columns + line] = stored[k];
    }
  }
  return { rows, columns, values };
}

function numbers(value: MlValue): readonly number[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value;
  return unsupported('vector whose numbers are none');
}

function whole(value: MlValue): number {
  return typeof value === 'number' ? value : unsupported('vector or matrix without a size');
}

function unsupported(type: string): never {
  throw new SparkError(`Spark ML gave a ${type}, which is no value that this client reads.`, {
    errorClass: 'UNSUPPORTED_RESULT_TYPE',
    messageParameters: { type },
  });
}
