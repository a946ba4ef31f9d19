import type { Effects } from '../effects.ts';
import { describeExamples, type ExampleStatistics } from '../explore/examples.ts';
import type { ExampleRows } from '../features/examples.ts';
import { runBeside } from '../threads/run-beside.ts';
import { workerUrl } from '../threads/worker-url.ts';

/** `describeExamples` in a thread beside this one, where that pays. @throws InterruptedError when the signal is aborted. */
export function describeBeside(
  { cutoffs, labels, matrix }: ExampleRows,
  effects: Pick<Effects, 'threads' | 'signal'>,
): Promise<ExampleStatistics> {
  const module = () => workerUrl(import.meta.url, './describe-examples-worker.ts');
  const subject = { cutoffs, labels, matrix: { ...matrix, history: undefined } };
  return runBeside(describeExamples, module, subject, labels.length, effects);
}
