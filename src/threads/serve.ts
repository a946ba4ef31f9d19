import { parentPort } from 'node:worker_threads';
import { toErrorMessage } from './error-message.ts';
import type { Reply, Request } from './messages.ts';

/**
 * Runs in a worker: does each task that `runTasks` sends.
 * @param transfer what of a result is handed over instead of copied.
 */
export function serveTasks<Task, Result>(
  work: (task: Task) => Result,
  transfer: (result: Result) => ArrayBuffer[] = () => [],
): void {
  if (!parentPort) throw new Error('serveTasks was called outside a worker thread.');
  const port = parentPort;
  port.on('message', ({ index, task }: Request<Task>) => {
    try {
      const result = work(task);
      const reply: Reply<Result> = { index, result };
      port.postMessage(reply, transfer(result));
    } catch (error) {
      const reply: Reply<Result> = { index, error: toErrorMessage(error) };
      port.postMessage(reply);
    }
  });
}
