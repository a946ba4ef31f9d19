import { Worker } from 'node:worker_threads';
import { throwIfAborted } from '../effects.ts';
import { EngineError, InterruptedError } from '../errors.ts';
import { fromErrorMessage } from './error-message.ts';
import type { Reply, Request } from './messages.ts';
import { TaskQueue } from './task-queue.ts';

export interface PoolOptions {
  /** Workers at most, at least 1; never changes a result. */
  readonly threads: number;
  /** Aborting ends the workers where they stand. */
  readonly signal: AbortSignal;
  /** Called with the number of tasks done, after each of them. */
  readonly onDone?: (done: number) => void;
}

/** Tells which tasks have so much in common that a worker had better do them after each other; see `TaskQueue`. */
type KeyOf<Task> = (task: Task) => unknown;

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
  { threads, signal, onDone, keyOf }: PoolOptions & { readonly keyOf?: KeyOf<Task> },
): Promise<Result[]> {
  throwIfAborted(signal);
  const pool = new WorkerPool<Task, Result>(module, shared, Math.min(Math.max(1, threads), tasks.length));
  let done = 0;
  try {
    return await pool.run(tasks, signal, () => onDone?.(++done), keyOf);
  } finally {
    await pool.close();
  }
}

/** Workers that stay, with what they have compiled, for one batch of tasks after another. */
export class WorkerPool<Task, Result> {
  readonly #workers: readonly Worker[];
  #failure: EngineError | undefined;
  /** Rejects the batch that is under way. */
  #reject: (error: Error) => void = () => {};

  /** Starts the workers; see `runTasks` for `module` and `shared`. */
  constructor(module: URL, shared: unknown, size: number) {
    this.#workers = Array.from({ length: size }, () => new Worker(module, { workerData: shared }));
    for (const worker of this.#workers) {
      worker.on('error', (error) => this.#fail(crashed(error)));
      worker.on('messageerror', (error) => this.#fail(crashed(error)));
      worker.on('exit', (code) =>
        this.#fail(new EngineError(`A worker thread ended early, with exit code ${code}.`)),
      );
    }
  }

  /**
   * As `runTasks`; one batch at a time. After a failure or an interruption the pool takes no more.
   * @param onResult called as tasks end, in no order of theirs; what it throws fails the batch.
   */
  async run(
    tasks: readonly Task[],
    signal: AbortSignal,
    onResult: (result: Result, index: number) => void = () => {},
    keyOf: KeyOf<Task> = () => undefined,
  ): Promise<Result[]> {
    throwIfAborted(signal);
    if (this.#failure !== undefined) throw this.#failure;
    const settled = new AbortController();
    try {
      return await this.#handOut(tasks, signal, onResult, keyOf, settled.signal);
    } finally {
      for (const worker of this.#workers) worker.removeAllListeners('message');
      settled.abort();
    }
  }

  /** Ends the workers where they stand. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** A crash between batches is kept for the next one. */
  #fail(failure: EngineError): void {
    this.#failure ??= failure;
    this.#reject(failure);
  }

  /** Settles when every task is done, or when one failed and those handed out before it are done. */
  #handOut(
    tasks: readonly Task[],
    signal: AbortSignal,
    onResult: (result: Result, index: number) => void,
    keyOf: KeyOf<Task>,
    settled: AbortSignal,
  ): Promise<Result[]> {
    const results = new Map<number, Result>();
    const failures = new Map<number, Error>();
    const queue = new TaskQueue(tasks, keyOf);
    let running = 0;

    const sendNext = (worker: Worker, last?: number) => {
      // Tasks before one that failed are done, so that it does not matter which of several failed first.
      const index = queue.take(last, Math.min(...failures.keys()));
      if (index === undefined) return;
      running++;
      const request: Request<Task> = { index, task: tasks[index] };
      worker.postMessage(request);
    };

    const take = (reply: Reply<Result>) => {
      running--;
      if ('error' in reply) {
        failures.set(reply.index, fromErrorMessage(reply.error));
        return;
      }
      results.set(reply.index, reply.result);
      onResult(reply.result, reply.index);
    };

    return new Promise((resolve, reject) => {
      const settleWhenIdle = () => {
        if (running > 0) return;
        if (failures.size > 0) reject(foremost(failures));
        else resolve([...results].sort(([a], [b]) => a - b).map(([, result]) => result));
      };
      const interrupt = () => reject(new InterruptedError('Interrupted: nothing was changed.'));
      signal.addEventListener('abort', interrupt, { signal: settled });
      this.#reject = reject;
      for (const worker of this.#workers) {
        worker.on('message', (reply: Reply<Result>) => {
          try {
            take(reply);
            sendNext(worker, reply.index);
            settleWhenIdle();
          } catch (error) {
            reject(error);
          }
        });
        sendNext(worker);
      }
      settleWhenIdle();
    });
  }
}

function crashed(error: unknown): EngineError {
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError(`A worker thread crashed: ${message}`, {}, { cause: error });
}

function foremost(failures: ReadonlyMap<number, Error>): Error | undefined {
  return failures.get(Math.min(...failures.keys()));
}
