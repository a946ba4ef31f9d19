import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type SparkSession } from '../../src/engine/spark/connect/session.ts';
import type { Examples } from '../../src/models/matrix.ts';
import type { Column, Table } from '../../src/table/table.ts';
import { sparkServer } from '../spark/spark-server.ts';

export interface Cluster {
  readonly session: SparkSession;
  /** A folder of this test's that the server can write. */
  readonly workLocation: string;
  readonly close: () => Promise<void>;
}

/** A session on the shared server. */
export async function openCluster(version: 'newest' | 'oldest' = 'newest'): Promise<Cluster> {
  const { remote } = await sparkServer({ version });
  const workLocation = await mkdtemp(join(tmpdir(), 'refrain-spark-ml-'));
  const session = await connect(remote);
  await session.setConfig({ 'spark.sql.ansi.enabled': 'true', 'spark.sql.caseSensitive': 'true' });
  return {
    session,
    workLocation,
    close: async () => {
      await session.close();
      await rm(workLocation, { recursive: true, force: true });
    },
  };
}

/** Examples as rows of the pipeline's: `user`, `cutoff` (0, 1, 2 in turn), the features, NULL where missing, and `lost`. */
export function exampleTable({ matrix, labels, groups }: Examples): Table {
  const { rows, names, columns } = matrix;
  const always = new Uint8Array(rows).fill(1);
  const users = Array.from(groups, (group) => `user ${group}`);
  const cutoffs = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i % 3));
  const features = columns.map((values): Column => {
    const valid = Uint8Array.from(values, (x) => (Number.isNaN(x) ? 0 : 1));
    return { type: 'float64', values: values.map((x) => (Number.isNaN(x) ? 0 : x)), valid };
  });
  return {
    rows,
    names: ['user', 'cutoff', ...names, 'lost'],
    columns: [
      { type: 'string', values: users, valid: always },
      { type: 'int64', values: cutoffs, valid: always },
      ...features,
      { type: 'float64', values: Float64Array.from(labels), valid: always },
    ],
  };
}

/** The rows of examples that the condition `cutoff < 2` takes. */
export function trainingPart({ matrix, labels, groups }: Examples): Examples {
  const rows = Array.from(labels.keys()).filter((i) => i % 3 < 2);
  const columns = matrix.columns.map((column) => Float64Array.from(rows, (i) => column[i]));
  return {
    matrix: { rows: rows.length, names: matrix.names, columns },
    labels: Uint8Array.from(rows, (i) => labels[i]),
    groups: Int32Array.from(rows, (i) => groups[i]),
  };
}
