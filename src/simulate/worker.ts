import { parentPort, workerData } from 'node:worker_threads';
import type { PartRequest, Task } from './part-source.ts';
import { createPartition } from './partition.ts';

/* One share of the listeners on a thread of its own: a slice goes in, its lines come out. */
const { plan, share }: Task = workerData;
const partition = createPartition(plan, share, async () => {});

parentPort?.on('message', async ({ slice, spare }: PartRequest) => {
  const part = (await partition).next(slice.from, slice.to, spare);
  parentPort?.postMessage(part, [part.bytes.buffer, part.ends.buffer, part.rows.buffer]);
});
