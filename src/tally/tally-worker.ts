import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import { type TallyPlan, type TallyResult, type TallyTask, tallyWork } from './tally-task.ts';

const plan: TallyPlan = workerData;

serveTasks<TallyTask, TallyResult>(tallyWork(plan));
