import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { literal } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import { exactly } from '../tables/table-file.ts';

/** SQL for a Parquet file of a run folder, whose name is neither a pattern nor a partition. @throws InputError where it is missing. */
export async function runTable(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await access(path).catch((cause: unknown) => {
    throw new InputError(
      `${folder} lacks ${name}: it is no whole run folder. Run again.`,
      { path },
      { cause },
    );
  });
  return `read_parquet(${literal(exactly(path))}, hive_partitioning = false)`;
}
