import { Worker } from 'node:worker_threads';
import { throwIfAborted } from '../effects.ts';
import { EngineError, InterruptedError } from '../errors.ts';
import { fromErrorMessage } from './error-message.ts';
import type { Reply, Request } from './messages.ts';

export interface PoolOptions {
  /** Workers at most, at least 1; never changes a result. */
  readonly threads: number;
  /** Aborting ends the workers where they stand. */
  readonly signal: AbortSignal;
  /** Called with the number of tasks done, after each of them. */
  readonly onDone?: (done: number) => void;
}

/**
 * Runs independent tasks in worker threads, each of which takes the next task when it has done one.
 * @param module what the workers run; it must call `serveTasks`.
 * @param shared what every worker gets as `workerData`; memory of a SharedArrayBuffer is not copied.
 * @returns the results in the order of the tasks.
 * @throws InterruptedError when the signal is aborted.
 * @throws EngineError when a worker ends or crashes before the tasks are done.
 * @throws what a task threw; of several failures always that of the foremost task.
 */
export async function runTasks<Task, Result>(
  module: URL,
  shared: unknown,
  tasks: readonly Task[],
  options: PoolOptions,
): Promise<Result[]> {
  throwIfAborted(options.signal);
  const size = Math.min(Math.max(1, options.threads), tasks.length);
  const workers = Array.from({ length: size }, () => new Worker(module, { workerData: shared }));
  const settled = new AbortController();
  try {
    return await handOut<Task, Result>(workers, tasks, options, settled.signal);
  } finally {
    settled.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Settles when every task is done, or when one failed and those handed out before it are done. */
function handOut<Task, Result>(
  workers: readonly Worker[],
  tasks: readonly Task[],
  { signal, onDone }: PoolOptions,
  settled: AbortSignal,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const failures = new Map<number, Error>();
  let next = 0;
  let running = 0;

  const sendNext = (worker: Worker) => {
    if (next >= tasks.length || failures.size > 0) return;
    running++;
    const request: Request<Task> = { index: next, task: tasks[next] };
    next++;
    worker.postMessage(request);
  };

  const take = (reply: Reply<Result>) => {
    running--;
    if ('error' in reply) {
      failures.set(reply.index, fromErrorMessage(reply.error));
      return;
    }
    results.set(reply.index, reply.result);
    onDone?.(results.size);
  };

  return new Promise((resolve, reject) => {
    const settleWhenIdle = () => {
      if (running > 0) return;
      if (failures.size > 0) reject(foremost(failures));
      else resolve([...results].sort(([a], [b]) => a - b).map(([, result]) => result));
    };
    const interrupt = () => reject(new InterruptedError('Interrupted: nothing was changed.'));
    signal.addEventListener('abort', interrupt, { signal: settled });
    for (const worker of workers) {
      worker.on('error', (error) => reject(crashed(error)));
      worker.on('messageerror', (error) => reject(crashed(error)));
      worker.on('exit', (code) =>
        reject(new EngineError(`A worker thread ended early, with exit code ${code}.`)),
      );
      worker.on('message', (reply: Reply<Result>) => {
        take(reply);
        sendNext(worker);
        settleWhenIdle();
      });
      sendNext(worker);
    }
    settleWhenIdle();
  });
}

function crashed(error: unknown): EngineError {
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError(`A worker thread crashed: ${message}`, {}, { cause: error });
}

function foremost(failures: ReadonlyMap<number, Error>): Error | undefined {
  return failures.get(Math.min(...failures.keys()));
}
