import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ExpressionSchema } from './gen/spark/connect/expressions_pb.ts';
import { quoteIdentifier } from './identifier.ts';
import { type LiteralValue, literalExpression } from './literal.ts';
import type { Relation, RelationInit } from './relation.ts';

/** The relation's columns as they are (`'*'`), or expressions over them by name. */
export type Selected = '*' | ({ readonly as: string } & ColumnExpression);

/** An expression over the columns of a relation. Spark ML's functions, such as `vector_to_array(column, 'float64')`, exist as `call` only, not in SQL. */
export type ColumnExpression =
  | { readonly column: string }
  | { readonly call: string; readonly of: readonly ColumnExpression[] }
  | { readonly sql: string }
  | { readonly value: LiteralValue };

export function projection(input: Relation, columns: readonly Selected[]): Relation {
  const plan = async (signal?: AbortSignal): Promise<RelationInit> => {
    const value = { input: await input.plan(signal), expressions: columns.map(selectedExpression) };
    return { relType: { case: 'project', value } };
  };
  return { plan, ...(input.sql === undefined ? {} : { sql: input.sql }) };
}

type ExpressionInit = MessageInitShape<typeof ExpressionSchema>;

function selectedExpression(selected: Selected): ExpressionInit {
  if (selected === '*') return { exprType: { case: 'unresolvedStar', value: {} } };
  const value = { expr: columnExpression(selected), name: [selected.as] };
  return { exprType: { case: 'alias', value } };
}

function columnExpression(expression: ColumnExpression): ExpressionInit {
  if ('value' in expression) return literalExpression(expression.value);
  if ('sql' in expression) {
    return { exprType: { case: 'expressionString', value: { expression: expression.sql } } };
  }
  if ('column' in expression) {
    const unparsedIdentifier = quoteIdentifier(expression.column);
    return { exprType: { case: 'unresolvedAttribute', value: { unparsedIdentifier } } };
  }
  const value = { functionName: expression.call, arguments: expression.of.map(columnExpression) };
  return { exprType: { case: 'unresolvedFunction', value } };
}
