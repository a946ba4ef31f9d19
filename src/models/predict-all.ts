import type { Effects } from '../effects.ts';
import { runTasks } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import { shareExamples } from './fit-all.ts';
import type { FitTask } from './fit-task.ts';
import type { Examples } from './matrix.ts';

/** A fit of which only the predictions are kept. */
export interface PredictTask {
  readonly fit: FitTask;
  /** Places of the columns that the learner sees, rising; absent where it sees all. */
  readonly columns?: readonly number[];
}

/**
 * The predictions of many fits, in worker threads. Unlike `fitAll` it keeps no model: hundreds of forests would fill the memory.
 * @returns a probability for each of a task's `predictRows`, in the order of the tasks, the same at any number of threads.
 * @throws as `fitAll` does.
 */
export function predictAll(
  tasks: readonly PredictTask[],
  examples: Examples,
  { threads, signal, progress }: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<Float64Array[]> {
  const onDone = (done: number) => progress({ stage: 'fitting', done, total: tasks.length, unit: 'fits' });
  return runTasks<PredictTask, Float64Array>(
    workerUrl(import.meta.url, './predict-worker.ts'),
    shareExamples(examples),
    tasks,
    { threads, signal, onDone },
  );
}
