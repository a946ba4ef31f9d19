import type { ExampleRows } from '../features/examples.ts';
import { selectRows } from '../models/matrix.ts';
import { hash32 } from '../random.ts';

/** The rows with the given indices, in their order. */
export function pickRows({ users, cutoffs, labels, matrix }: ExampleRows, rows: Int32Array): ExampleRows {
  return {
    users: Array.from(rows, (row) => users[row]),
    cutoffs: rows.map((row) => cutoffs[row]),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    matrix: selectRows(matrix, rows),
  };
}

/** All rows, or about so many: whole users, chosen by a hash of their key. */
export function sampleRows(rows: ExampleRows, about: number): ExampleRows {
  const count = rows.labels.length;
  if (count <= about) return rows;
  const limit = (about / count) * 2 ** 32;
  const chosen = new Map(
    [...new Set(rows.users)].map((user) => [user, hash32(user, SAMPLE_SEED) < limit] as const),
  );
  return pickRows(
    rows,
    Int32Array.from(rows.users.keys()).filter((row) => chosen.get(rows.users[row])),
  );
}

const SAMPLE_SEED = 1;
