import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import type { Predictions } from './calibrate-learner.ts';
import { type Judges, judgeAll, type Verdict } from './judge-learners.ts';

const judges: Judges = workerData;

serveTasks<readonly Predictions[], Verdict[]>((task) => judgeAll(task, judges));
