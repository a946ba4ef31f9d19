import type { RunOptions } from './connect/session.ts';
import { checkTableName } from './table-name.ts';

/** A place where the cluster keeps data: a folder of files, or a name in its catalogue (`scores`, `churn.scores`, `catalog.churn.scores`). */
export type PublishTarget =
  | { readonly kind: 'path'; readonly url: string }
  | { readonly kind: 'table'; readonly name: string };

export interface PublishOptions extends RunOptions {
  /** Names the publication: letters, digits and underscores; never used before at this target. */
  readonly run: string;
  /** `parquet` unless said for a path, the catalogue's own default for a table. */
  readonly format?: string;
  readonly partitionBy?: readonly string[];
  /** How many rows there must be. */
  readonly rows?: number;
}

export interface Published {
  /** What readers ask for: the folder's URL, or `table:NAME`. */
  readonly place: string;
  readonly rows: number;
}

/** `table:NAME` or a URL. @throws UsageError for a name that is none. */
export function parsePublishTarget(text: string): PublishTarget {
  if (!text.startsWith('table:')) return { kind: 'path', url: text };
  const name = text.slice('table:'.length);
  checkTableName(name);
  return { kind: 'table', name };
}
