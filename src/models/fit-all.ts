import { randomUUID } from 'node:crypto';
import type { Effects } from '../effects.ts';
import { runTasks } from '../threads/pool.ts';
import { teamPlaces } from '../threads/team.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { FitResult, FitTask } from './fit-task.ts';
import type { MemberTask } from './fit-worker.ts';
import type { History } from './history.ts';
import { learners } from './learners.ts';
import type { Examples, Matrix } from './matrix.ts';

/**
 * Fits independent tasks in worker threads, on examples that all of them share. Where there are more threads than tasks,
 * several share a task whose learner can be shared.
 * @returns the results in the order of the tasks, the same at any number of threads save for the seconds.
 * @throws InterruptedError when the signal is aborted, within moments.
 * @throws EngineError when a worker crashes.
 * @throws what a learner throws; of several failures always that of the foremost task.
 */
export async function fitAll(
  tasks: readonly FitTask[],
  examples: Examples,
  { threads, signal, progress }: Pick<Effects, 'threads' | 'signal' | 'progress'>,
): Promise<FitResult[]> {
  const parts = inTeams(tasks, threads);
  const total = tasks.length;
  const onDone = (done: number) =>
    progress({ stage: 'fitting', done: Math.floor((done * total) / parts.length), total, unit: 'fits' });
  const results = await runTasks<MemberTask, FitResult | undefined>(
    workerUrl(import.meta.url, './fit-worker.ts'),
    shareExamples(examples),
    parts,
    // Fits on the same rows follow each other, so that these are gathered and binned once.
    { threads, signal, onDone, keyOf: ({ task }) => task.trainRows },
  );
  return results.filter((result) => result !== undefined);
}

/**
 * The tasks in order, each for one thread or a team. Of teams there are never more members than threads, since a member
 * waits for the others.
 */
function inTeams(tasks: readonly FitTask[], threads: number): MemberTask[] {
  const size = Math.min(MAX_MEMBERS, Math.max(1, Math.floor(threads / tasks.length)));
  return tasks.flatMap((task) =>
    teamPlaces(randomUUID(), isShared(task) ? size : 1).map((place) => ({ task, place })),
  );
}

/** More would gain nothing: every member of a team parts all rows. */
const MAX_MEMBERS = 8;

function isShared({ learner }: FitTask): boolean {
  const { parallel }: { readonly parallel?: true } = learners[learner];
  return parallel === true;
}

/** The examples in memory that threads share; what already is there is not copied. */
export function shareExamples({ matrix, labels, groups, weights }: Examples): Examples {
  return {
    matrix: shareMatrix(matrix),
    labels: share(labels, Uint8Array),
    groups: share(groups, Int32Array),
    weights: weights && share(weights, Float64Array),
  };
}

/** The same of a matrix alone. */
export function shareMatrix(matrix: Matrix): Matrix {
  return {
    ...matrix,
    columns: matrix.columns.map((column) => share(column, Float64Array)),
    history: matrix.history && shareHistory(matrix.history),
  };
}

function shareHistory(history: History): History {
  return {
    channels: history.channels,
    days: share(history.days, Int32Array),
    values: share(history.values, Float32Array),
    starts: share(history.starts, Int32Array),
    ends: share(history.ends, Int32Array),
    cutoffs: share(history.cutoffs, Int32Array),
    firstDays: share(history.firstDays, Int32Array),
  };
}

function share<A extends Float64Array | Float32Array | Uint8Array | Int32Array>(
  array: A,
  Type: new (buffer: SharedArrayBuffer) => A,
): A {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const shared = new Type(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
}
