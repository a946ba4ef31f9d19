import { workerData } from 'node:worker_threads';
import type { Matrix } from '../models/matrix.ts';
import type { Model } from '../models/model.ts';
import { serveTasks } from '../threads/serve.ts';
import { attribute } from './attribute.ts';
import type { Attribution } from './attribution.ts';

const model: Model = workerData;

serveTasks<Matrix, Attribution>((rows) => attribute(model, rows));
