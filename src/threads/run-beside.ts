import type { Effects } from '../effects.ts';
import { runTasks } from './pool.ts';

/**
 * Does a piece of work in a thread beside this one, or in this one where it is the only one that may be used: the same result.
 * @param module what the thread runs: it must serve the same work by `serveTasks`.
 * @param input copied, save for memory of a SharedArrayBuffer.
 * @throws what the work throws; InterruptedError when the signal is aborted.
 */
export async function runBeside<Input, Result>(
  work: (input: Input) => Result,
  module: () => URL,
  input: Input,
  { threads, signal }: Pick<Effects, 'threads' | 'signal'>,
): Promise<Result> {
  if (threads === 1) return work(input);
  const [result] = await runTasks<Input, Result>(module(), undefined, [input], { threads: 1, signal });
  return result;
}
