import { Worker } from 'node:worker_threads';
import { workerUrl } from '../threads/worker-url.ts';
import { createPartition, type Share, type SlicePart } from './partition.ts';
import type { LogPlan } from './population.ts';
import type { Slice } from './slices.ts';

/** Where the parts of the slices come from: this thread or another. */
export interface PartSource {
  /** Asks for the slices in their order, the next one only when the last one came. @param spare is given away. */
  readonly request: (slice: Slice, spare: Uint8Array<ArrayBuffer>) => Promise<SlicePart>;
  readonly close: () => Promise<void>;
}

/** What a worker is started with. */
export interface Task {
  readonly plan: LogPlan;
  readonly share: Share;
}

/** What a worker is asked. */
export interface PartRequest {
  readonly slice: Slice;
  readonly spare: Uint8Array<ArrayBuffer>;
}

/**
 * @param pause is awaited again and again while the listeners are set up, so that the thread stays responsive.
 */
export function localSource({ plan, share }: Task, pause: () => Promise<void>): PartSource {
  const partition = createPartition(plan, share, pause);
  return {
    request: async ({ from, to }, spare) => (await partition).next(from, to, spare),
    close: async () => {},
  };
}

export function workerSource(task: Task): PartSource {
  const worker = new Worker(workerUrl(import.meta.url, './worker.ts'), { workerData: task });
  const request = (slice: Slice, spare: Uint8Array<ArrayBuffer>): Promise<SlicePart> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        act();
      };
      const onMessage = (part: SlicePart) => settle(() => resolve(part));
      const onError = (error: Error) => settle(() => reject(error));
      const onExit = (code: number) =>
        settle(() => reject(new Error(`A simulation worker ended with code ${code} before its work.`)));
      worker.once('message', onMessage).once('error', onError).once('exit', onExit);
      worker.postMessage({ slice, spare } satisfies PartRequest, [spare.buffer]);
    });
  const close = async () => {
    await worker.terminate();
  };
  return { request, close };
}
