import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { Expression_LiteralSchema as LiteralSchema } from '../../../../src/engine/spark/connect/gen/spark/connect/expressions_pb.ts';
import { toMlValue } from '../../../../src/engine/spark/connect/ml-value.ts';

type Init = MessageInitShape<typeof LiteralSchema>;

const byte = (value: number): Init => ({ literalType: { case: 'byte', value } });
const integer = (value: number): Init => ({ literalType: { case: 'integer', value } });
const truth = (value: boolean): Init => ({ literalType: { case: 'boolean', value } });
const none: Init = { literalType: { case: 'null', value: {} } };
const ints = (...values: number[]): Init => ({
  literalType: { case: 'specializedArray', value: { valueType: { case: 'ints', value: { values } } } },
});
const doubles = (...values: number[]): Init => ({
  literalType: { case: 'specializedArray', value: { valueType: { case: 'doubles', value: { values } } } },
});
/** Spark sends an array so where its elements are not all of one primitive type. */
const plainDoubles = (...values: number[]): Init => ({
  literalType: {
    case: 'array',
    value: { elements: values.map((value) => ({ literalType: { case: 'double', value } as const })) },
  },
});

function algebra(type: 'VectorUDT' | 'MatrixUDT', ...elements: Init[]) {
  const jvmClass = `org.apache.spark.ml.linalg.${type}`;
  const structType = { kind: { case: 'udt', value: { type: 'udt', jvmClass } } } as const;
  return toMlValue(
    create(LiteralSchema, { literalType: { case: 'struct', value: { structType, elements } } }),
  );
}

test('a dense vector is its numbers', () => {
  expect(algebra('VectorUDT', byte(1), none, none, doubles(1, 0, 2.5))).toEqual(Float64Array.of(1, 0, 2.5));
  expect(algebra('VectorUDT', byte(1), none, none, plainDoubles(1, 2))).toEqual(Float64Array.of(1, 2));
});

test('a sparse vector is filled with zeros', () => {
  const vector = algebra('VectorUDT', byte(0), integer(4), ints(1, 3), doubles(5, 7));
  expect(vector).toEqual(Float64Array.of(0, 5, 0, 7));
});

test('a dense matrix is by rows, however it was stored', () => {
  const matrix = { rows: 2, columns: 3, values: Float64Array.of(1, 2, 3, 4, 5, 6) };
  const shape = [byte(1), integer(2), integer(3), none, none];
  expect(algebra('MatrixUDT', ...shape, doubles(1, 4, 2, 5, 3, 6), truth(false))).toEqual(matrix);
  expect(algebra('MatrixUDT', ...shape, doubles(1, 2, 3, 4, 5, 6), truth(true))).toEqual(matrix);
});

test('a sparse matrix is filled with zeros, however it was stored', () => {
  const matrix = { rows: 2, columns: 3, values: Float64Array.of(1, 0, 2, 0, 0, 3) };
  const shape = [byte(0), integer(2), integer(3)];
  expect(
    algebra('MatrixUDT', ...shape, ints(0, 1, 1, 3), ints(0, 0, 1), doubles(1, 2, 3), truth(false)),
  ).toEqual(matrix);
  expect(algebra('MatrixUDT', ...shape, ints(0, 2, 3), ints(0, 2, 2), doubles(1, 2, 3), truth(true))).toEqual(
    matrix,
  );
});

test('plain values are themselves', () => {
  expect(toMlValue(create(LiteralSchema, { literalType: { case: 'double', value: 0.5 } }))).toBe(0.5);
  expect(toMlValue(create(LiteralSchema, { literalType: { case: 'long', value: 5n } }))).toBe(5n);
  expect(toMlValue(create(LiteralSchema, doubles(1, 2)))).toEqual([1, 2]);
});

test('a value of another type is refused by its name', () => {
  const date = create(LiteralSchema, { literalType: { case: 'date', value: 1 } });
  expect(() => toMlValue(date)).toThrow(/gave a date/);
});
