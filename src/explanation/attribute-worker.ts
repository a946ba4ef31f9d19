import { workerData } from 'node:worker_threads';
import { sliceRows } from '../models/matrix.ts';
import { serveTasks } from '../threads/serve.ts';
import { attribute } from './attribute.ts';
import type { Attributed, Stretch } from './attribute-in-threads.ts';
import type { Attribution } from './attribution.ts';

const { model, matrix }: Attributed = workerData;

serveTasks<Stretch, Attribution>(([start, end]) => attribute(model, sliceRows(matrix, start, end)));
