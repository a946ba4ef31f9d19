import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { Expression_LiteralSchema as LiteralSchema } from '../../../../src/engine/spark/connect/gen/spark/connect/expressions_pb.ts';
import { type LiteralValue, literalOf } from '../../../../src/engine/spark/connect/literal.ts';

const sent = (value: LiteralValue) =>
  fromBinary(LiteralSchema, toBinary(LiteralSchema, create(LiteralSchema, literalOf(value)))).literalType;

test('a number is a DOUBLE even where it is whole, a bigint a BIGINT', () => {
  expect(sent(5)).toEqual({ case: 'double', value: 5 });
  expect(sent(5n)).toEqual({ case: 'long', value: 5n });
  expect(sent({ integer: 5 })).toEqual({ case: 'integer', value: 5 });
});

test('empty text, false and zero are values, not absent', () => {
  expect(sent('')).toEqual({ case: 'string', value: '' });
  expect(sent(false)).toEqual({ case: 'boolean', value: false });
  expect(sent(0n)).toEqual({ case: 'long', value: 0n });
  expect(sent(null).case).toBe('null');
});

test('a list knows the type of its elements, nulls aside', () => {
  const literal = sent([null, 1n, 2n]);
  if (literal.case !== 'array') throw new Error('no array');
  expect(literal.value.elementType?.kind.case).toBe('long');
  expect(literal.value.elements.map(({ literalType }) => literalType.case)).toEqual(['null', 'long', 'long']);
});

test('a list of lists knows the type of its elements', () => {
  const literal = sent([['a'], ['b', null]]);
  if (literal.case !== 'array') throw new Error('no array');
  expect(literal.value.elementType?.kind.case).toBe('array');
});

test('a list of several types is refused', () => {
  expect(() => literalOf([1, 'a'])).toThrow(/several types: expected one type/);
});

test('a bigint beyond 64 bits is refused', () => {
  expect(() => literalOf(2n ** 63n)).toThrow(/9223372036854775808 does not fit into 64 bits/);
  expect(sent(-(2n ** 63n))).toEqual({ case: 'long', value: -(2n ** 63n) });
});

test.each([1.5, 2 ** 31, -(2 ** 31) - 1, Number.NaN])('{ integer: %d } is refused', (integer) => {
  expect(() => literalOf({ integer })).toThrow(/not a whole number of 32 bits/);
});

test.each([2 ** 31 - 1, -(2 ** 31), 0])('{ integer: %d } is an INT', (integer) => {
  expect(sent({ integer })).toEqual({ case: 'integer', value: integer });
});
