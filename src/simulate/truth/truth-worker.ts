import { workerData } from 'node:worker_threads';
import { serveTasks } from '../../threads/serve.ts';
import type { LogPlan } from '../population.ts';
import { answerer, type TruthAnswer, type TruthTask } from './truth-task.ts';

const plan: LogPlan = workerData;

serveTasks<TruthTask, TruthAnswer>(answerer(plan));
