import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import { type FoldTask, fitFold, type TuningData } from './fold-fit.ts';

const data: TuningData = workerData;

serveTasks<FoldTask, number>((task) => fitFold(data, task));
