import { performance } from 'node:perf_hooks';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import { type FitResult, type FitTask, runFit } from './fit-task.ts';
import type { Examples } from './matrix.ts';

const examples: Examples = workerData;

serveTasks<FitTask, FitResult>(
  (task) => runFit(examples, task, () => performance.now()),
  ({ predictions }) => [predictions.buffer],
);
