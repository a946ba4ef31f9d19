import { type Effects, throwIfAborted } from '../effects.ts';
import { WorkerPool } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import { type TallyPlan, type TallyResult, type TallyTask, tallyWork } from './tally-task.ts';

/** Who does the tasks: other threads, or this one. */
export interface Crew {
  /** @param onResult called as tasks end; of those that one thread did, in their order. */
  run(tasks: readonly TallyTask[], onResult?: (result: TallyResult) => void): Promise<TallyResult[]>;
  dismiss(): Promise<void>;
}

export function hire(plan: TallyPlan, inOtherThreads: boolean, { threads, signal }: Effects): Crew {
  if (inOtherThreads) {
    const module = workerUrl(import.meta.url, './tally-worker.ts');
    const pool = new WorkerPool<TallyTask, TallyResult>(module, plan, threads);
    return { run: (tasks, onResult) => pool.run(tasks, signal, onResult), dismiss: () => pool.close() };
  }
  const work = tallyWork(plan);
  const run: Crew['run'] = async (tasks, onResult = () => {}) =>
    tasks.map((task) => {
      throwIfAborted(signal);
      const result = work(task);
      onResult(result);
      return result;
    });
  return { run, dismiss: async () => {} };
}
