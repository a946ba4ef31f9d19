import type { MessageInitShape } from '@bufbuild/protobuf';
import { UsageError } from '../../../errors.ts';
import type {
  ExpressionSchema,
  Expression_LiteralSchema as LiteralSchema,
} from './gen/spark/connect/expressions_pb.ts';
import type { DataTypeSchema } from './gen/spark/connect/types_pb.ts';

/**
 * A value given to Spark beside the text of a query. A number is a DOUBLE and a bigint a BIGINT, whatever their value;
 * `{ integer: 5 }` is an INT. A list is an ARRAY and has values of one type.
 */
export type LiteralValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { readonly integer: number }
  | readonly LiteralValue[];

type LiteralInit = MessageInitShape<typeof LiteralSchema>;
type TypeInit = MessageInitShape<typeof DataTypeSchema>;

/** @throws UsageError for a value that Spark's types do not hold. */
export function literalOf(value: LiteralValue): LiteralInit {
  if (value === null) return { literalType: { case: 'null', value: voidType } };
  if (typeof value === 'boolean') return { literalType: { case: 'boolean', value } };
  if (typeof value === 'number') return { literalType: { case: 'double', value } };
  if (typeof value === 'string') return { literalType: { case: 'string', value } };
  if (typeof value === 'bigint') return { literalType: { case: 'long', value: bigint(value) } };
  if (value instanceof Uint8Array) return { literalType: { case: 'binary', value } };
  if ('integer' in value) return { literalType: { case: 'integer', value: integer(value.integer) } };
  return { literalType: { case: 'array', value: arrayOf(value) } };
}

export function literalExpression(value: LiteralValue): MessageInitShape<typeof ExpressionSchema> {
  return { exprType: { case: 'literal', value: literalOf(value) } };
}

const voidType: TypeInit = { kind: { case: 'null', value: {} } };

function arrayOf(values: readonly LiteralValue[]) {
  const types = values.filter((value) => value !== null).map(typeOf);
  const kinds = new Set(types.map((type) => JSON.stringify(type)));
  if (kinds.size > 1)
    throw new UsageError('A list given to Spark holds values of several types: expected one type.');
  return { elementType: types[0] ?? voidType, elements: values.map(literalOf) };
}

function typeOf(value: LiteralValue): TypeInit {
  if (value === null) return voidType;
  if (typeof value === 'boolean') return { kind: { case: 'boolean', value: {} } };
  if (typeof value === 'number') return { kind: { case: 'double', value: {} } };
  if (typeof value === 'string') return { kind: { case: 'string', value: {} } };
  if (typeof value === 'bigint') return { kind: { case: 'long', value: {} } };
  if (value instanceof Uint8Array) return { kind: { case: 'binary', value: {} } };
  if ('integer' in value) return { kind: { case: 'integer', value: {} } };
  return { kind: { case: 'array', value: { elementType: arrayOf(value).elementType, containsNull: true } } };
}

function bigint(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new UsageError(`${value} does not fit into 64 bits, as Spark's BIGINT must.`);
}

function integer(value: number): number {
  if (Number.isInteger(value) && Math.abs(value + 0.5) < 2 ** 31) return value;
  throw new UsageError(`${value} is not a whole number of 32 bits, as Spark's INT must be.`);
}
