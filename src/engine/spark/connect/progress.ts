import type { ExecutePlanResponse_ExecutionProgress as ExecutionProgress } from './gen/spark/connect/base_pb.ts';

/** How far an operation has come, summed over its stages. */
export interface Progress {
  /** Tasks finished. Never falls, never exceeds `total`. */
  readonly done: number;
  /** Tasks known so far; grows as stages are planned. */
  readonly total: number;
  readonly bytesRead: number;
}

/** Follows an operation's progress. Spark forgets finished stages and counts repeated tasks twice; what is told here only grows. */
export function progressTracker(report: (progress: Progress) => void): (progress: ExecutionProgress) => void {
  const told = { done: 0, total: 0, bytesRead: 0 };
  return ({ stages }) => {
    let done = 0;
    let total = 0;
    let bytesRead = 0;
    for (const { numTasks, numCompletedTasks, inputBytesRead } of stages) {
      done += Math.min(Number(numCompletedTasks), Number(numTasks));
      total += Number(numTasks);
      bytesRead += Number(inputBytesRead);
    }
    told.done = Math.max(told.done, done);
    told.total = Math.max(told.total, total);
    told.bytesRead = Math.max(told.bytesRead, bytesRead);
    if (told.total > 0) report({ ...told });
  };
}
