import type { MessageInitShape } from '@bufbuild/protobuf';
import type { RelationSchema } from './gen/spark/connect/relations_pb.ts';
import { quoteIdentifier } from './identifier.ts';
import { type LiteralValue, literalExpression } from './literal.ts';

export type RelationInit = MessageInitShape<typeof RelationSchema>;

/** A query that is not run yet. */
export interface Relation {
  /** The query in the protocol's terms, after what it needs was uploaded. */
  readonly plan: (signal?: AbortSignal) => Promise<RelationInit>;
  /** Its text, for errors. */
  readonly sql?: string;
}

/** Files or whatever else a data source of Spark's reads. */
export interface Source {
  /** Such as `parquet`, `json`, `csv`, `text`. */
  readonly format: string;
  readonly paths?: readonly string[];
  /** Columns in DDL, such as `ts BIGINT, page STRING`. */
  readonly schema?: string;
  readonly options?: Readonly<Record<string, string>>;
}

export type Arguments = Readonly<Record<string, LiteralValue>>;

/** A query; `:name` in it stands for an argument, and a key of `views` for a relation. */
export function sqlRelation(
  query: string,
  args: Arguments = {},
  views: Readonly<Record<string, Relation>> = {},
): Relation {
  const namedArguments = Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, literalExpression(value)]),
  );
  const root: RelationInit = { relType: { case: 'sql', value: { query, namedArguments } } };
  const names = Object.keys(views);
  if (names.length === 0) return { sql: query, plan: async () => root };
  const plan = async (signal?: AbortSignal): Promise<RelationInit> => {
    const inputs = await Promise.all(names.map((name) => views[name].plan(signal)));
    const references = inputs.map((input, i) => subquery(names[i], input));
    return { relType: { case: 'withRelations', value: { root, references } } };
  };
  return { sql: query, plan };
}

export function sourceRelation({ format, paths = [], schema, options = {} }: Source): Relation {
  const value = {
    format,
    paths: [...paths],
    options: { ...options },
    ...(schema === undefined ? {} : { schema }),
  };
  return planned({ relType: { case: 'read', value: { readType: { case: 'dataSource', value } } } });
}

export function tableRelation(name: string): Relation {
  const readType = { case: 'namedTable', value: { unparsedIdentifier: name } } as const;
  return planned({ relType: { case: 'read', value: { readType } } });
}

function planned(plan: RelationInit): Relation {
  return { plan: async () => plan };
}

function subquery(alias: string, input: RelationInit): RelationInit {
  return { relType: { case: 'subqueryAlias', value: { alias: quoteIdentifier(alias), input } } };
}
