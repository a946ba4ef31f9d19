import type { Effects } from '../effects.ts';
import { runTasks } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { FitResult, FitTask } from './fit-task.ts';
import type { Examples } from './matrix.ts';

/**
 * Fits independent tasks in worker threads, on examples that all of them share.
 * @returns the results in the order of the tasks, the same at any number of threads save for the seconds.
 * @throws InterruptedError when the signal is aborted, within moments.
 * @throws EngineError when a worker crashes.
 * @throws what a learner throws; of several failures always that of the foremost task.
 */
export function fitAll(
  tasks: readonly FitTask[],
  examples: Examples,
  { threads, signal, progress }: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<FitResult[]> {
  const onDone = (done: number) => progress({ stage: 'fitting', done, total: tasks.length, unit: 'fits' });
  return runTasks(workerUrl(import.meta.url, './fit-worker.ts'), shareExamples(examples), tasks, {
    threads,
    signal,
    onDone,
  });
}

/** The examples in memory that threads share; what already is there is not copied. */
export function shareExamples({ matrix, labels, groups }: Examples): Examples {
  return {
    matrix: { ...matrix, columns: matrix.columns.map((column) => share(column, Float64Array)) },
    labels: share(labels, Uint8Array),
    groups: share(groups, Int32Array),
  };
}

function share<A extends Float64Array | Uint8Array | Int32Array>(
  array: A,
  Type: new (buffer: SharedArrayBuffer) => A,
): A {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const shared = new Type(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
}
