import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import type { Predictions } from './calibrate-learner.ts';
import { type Judges, judge, type Verdict } from './judge-learners.ts';

const judges: Judges = workerData;

serveTasks<Predictions, Verdict>((task) => judge(task, judges));
