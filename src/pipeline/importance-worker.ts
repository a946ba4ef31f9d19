import { workerData } from 'node:worker_threads';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { serveTasks } from '../threads/serve.ts';
import { importanceOf } from './importance.ts';
import type { TestSample } from './test-sample.ts';

const sample: TestSample = workerData;

serveTasks<readonly string[], PermutationImportance[]>((features) => importanceOf(sample, features));
