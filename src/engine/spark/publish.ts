import type { Relation } from './connect/relation.ts';
import type { SparkSession } from './connect/session.ts';
import { publishFiles } from './publish-files.ts';
import { publishTable } from './publish-table.ts';
import type { Published, PublishOptions, PublishTarget } from './publish-target.ts';

/**
 * Makes a relation's rows readable for others, as a whole or not at all.
 *
 * A folder must hold nothing yet, and is whole once it holds `_SUCCESS`, which is written last. A name in the catalogue
 * is a view of one table a publication and turns from the last one to the new one at once; the last one is kept for
 * queries that still read it, those before it go.
 *
 * @throws UsageError when something else is at the target; EngineError when the rows are not `options.rows`; SparkError;
 * InterruptedError. Readers then find what they found before.
 */
export function publish(
  session: SparkSession,
  relation: Relation,
  target: PublishTarget,
  options: PublishOptions,
): Promise<Published> {
  return target.kind === 'path'
    ? publishFiles(session, relation, target.url, options)
    : publishTable(session, relation, target.name, options);
}
