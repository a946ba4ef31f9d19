import { performance } from 'node:perf_hooks';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import { runFit } from './fit-task.ts';
import { type Examples, selectColumns } from './matrix.ts';
import type { PredictTask } from './predict-all.ts';

const examples: Examples = workerData;

serveTasks<PredictTask, Float64Array<ArrayBuffer>>(
  ({ fit, columns }) => {
    const matrix = columns === undefined ? examples.matrix : selectColumns(examples.matrix, columns);
    return runFit({ ...examples, matrix }, fit, () => performance.now()).predictions;
  },
  (predictions) => [predictions.buffer],
);
