import { performance } from 'node:perf_hooks';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import { type TeamPlace, workInTeam } from '../threads/team.ts';
import { type FitResult, type FitTask, runFit } from './fit-task.ts';
import { GatheredRows } from './gathered-rows.ts';
import type { Examples } from './matrix.ts';

/** A member's part in a fit. */
export interface MemberTask {
  readonly task: FitTask;
  readonly place: TeamPlace;
}

const examples: Examples = workerData;
const known = new GatheredRows();

/** The first member of a team alone tells the result. */
serveTasks<MemberTask, FitResult | undefined>(
  ({ task, place }) => {
    const result = workInTeam(place, (team) => runFit(examples, task, () => performance.now(), team, known));
    return place.member === 0 ? result : undefined;
  },
  (result) => (result ? [result.predictions.buffer] : []),
);
