import type { Effects } from '../effects.ts';
import { shareMatrix } from '../models/fit-all.ts';
import type { Matrix } from '../models/matrix.ts';
import type { Model } from '../models/model.ts';
import { runTasks } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import { attribute } from './attribute.ts';
import type { Attribution } from './attribution.ts';

/** What the threads have in common. */
export interface Attributed {
  readonly model: Model;
  /** In shared memory. */
  readonly matrix: Matrix;
}

/** Rows from one up to another. */
export type Stretch = readonly [start: number, end: number];

/** Fewer rows are done before a thread has started. */
const ROWS_A_THREAD = 2000;

/**
 * `attribute` with the rows dealt out to worker threads; the same bits at any number of them.
 * @throws what `attribute` throws.
 * @throws InterruptedError when the signal is aborted.
 */
export async function attributeInThreads(
  model: Model,
  matrix: Matrix,
  { threads, signal }: Pick<Effects, 'threads' | 'signal'>,
): Promise<Attribution> {
  const parts = Math.min(threads, Math.floor(matrix.rows / ROWS_A_THREAD));
  if (parts < 2) return attribute(model, matrix);
  const start = (part: number) => Math.floor((part * matrix.rows) / parts);
  const tasks = Array.from({ length: parts }, (_, part): Stretch => [start(part), start(part + 1)]);
  const worker = workerUrl(import.meta.url, './attribute-worker.ts');
  const subject: Attributed = { model, matrix: shareMatrix(matrix) };
  const attributions = await runTasks<Stretch, Attribution>(worker, subject, tasks, { threads, signal });
  return concatenate(attributions, matrix.rows);
}

/** The attributions of rows that follow each other. */
function concatenate(parts: readonly Attribution[], rows: number): Attribution {
  const join = (columns: readonly Float64Array[]): Float64Array => {
    const joined = new Float64Array(rows);
    let start = 0;
    for (const column of columns) {
      joined.set(column, start);
      start += column.length;
    }
    return joined;
  };
  const [first] = parts;
  const columns = first.columns.map((_, j) => join(parts.map((part) => part.columns[j])));
  if (!first.values) return { ...first, columns };
  const names = [...first.values.keys()];
  const values = names.map((name): [string, Float64Array] => [
    name,
    join(parts.flatMap((part) => part.values?.get(name) ?? [])),
  ]);
  return { ...first, columns, values: new Map(values) };
}
