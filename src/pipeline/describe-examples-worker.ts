import { describeExamples, type ExampleStatistics } from '../explore/examples.ts';
import type { ExampleRows } from '../features/examples.ts';
import { serveTasks } from '../threads/serve.ts';

serveTasks<Omit<ExampleRows, 'users'>, ExampleStatistics>(describeExamples);
