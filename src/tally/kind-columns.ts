import type { Definition } from '../definition/schema.ts';
import { dimensionName } from '../ingest/fields.ts';

/** The columns of a row that tell what it is, whoever's it is. */
export function kindColumns({ dimensions }: Definition): string[] {
  return ['action', 'plan', ...dimensions.map((_, j) => dimensionName(j))];
}
