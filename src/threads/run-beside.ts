import type { Effects } from '../effects.ts';
import { runTasks } from './pool.ts';

/** Work on fewer rows is done before a thread has started. */
export const ROWS_FOR_THREAD = 4000;

/**
 * Does a piece of work in a thread beside this one, or in this one where that pays more or it is the only one that may be used: the same result.
 * @param module what the thread runs: it must serve the same work by `serveTasks`.
 * @param input copied, save for memory of a SharedArrayBuffer.
 * @param rows that are worked on.
 * @throws what the work throws; InterruptedError when the signal is aborted.
 */
export async function runBeside<Input, Result>(
  work: (input: Input) => Result,
  module: () => URL,
  input: Input,
  rows: number,
  { threads, signal }: Pick<Effects, 'threads' | 'signal'>,
): Promise<Result> {
  if (threads === 1 || rows < ROWS_FOR_THREAD) return work(input);
  const [result] = await runTasks<Input, Result>(module(), undefined, [input], { threads: 1, signal });
  return result;
}
