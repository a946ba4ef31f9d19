import type { Effects } from '../../effects.ts';
import { runTasks } from '../../threads/pool.ts';
import { workerUrl } from '../../threads/worker-url.ts';
import { accountCount, type LogPlan } from '../population.ts';
import type { TruthRow } from './listener-truth.ts';
import type { TruthSettings } from './truth-settings.ts';
import type { TruthAnswer, TruthTask } from './truth-task.ts';
import type { TruthUser } from './truth-user.ts';

type TruthEffects = Pick<Effects, 'threads' | 'signal' | 'progress'>;

/**
 * Everyone whom a log shows, by account: the same at any number of threads.
 * @throws InterruptedError when the signal is aborted.
 */
export async function truthOfUsers(plan: LogPlan, effects: TruthEffects): Promise<TruthUser[]> {
  const answers = await ask(plan, effects, (part) => ({ ask: 'users', ...part }));
  return answers.flatMap((answer) => (answer.ask === 'users' ? answer.users : []));
}

/**
 * The probability of loss of everyone at risk at each of the cutoffs, by account and cutoff: the same at any number of
 * threads. Each is estimated by going on from the user's exact state `settings.continuations` times.
 * @throws InterruptedError when the signal is aborted.
 */
export async function truthOfCutoffs(
  plan: LogPlan,
  settings: TruthSettings,
  effects: TruthEffects,
): Promise<TruthRow[]> {
  const answers = await ask(plan, effects, (part) => ({ ask: 'rows', settings, ...part }));
  return answers.flatMap((answer) => (answer.ask === 'rows' ? answer.rows : []));
}

/** So few that no thread is left with much while the others are done, so many that a task is worth sending. */
const ACCOUNTS_A_TASK = 32;

function ask(
  plan: LogPlan,
  { threads, signal, progress }: TruthEffects,
  taskOf: (part: { readonly first: number; readonly last: number }) => TruthTask,
): Promise<TruthAnswer[]> {
  const accounts = accountCount(plan);
  const tasks = Array.from({ length: Math.ceil(accounts / ACCOUNTS_A_TASK) }, (_, i) =>
    taskOf({ first: i * ACCOUNTS_A_TASK, last: Math.min(accounts, (i + 1) * ACCOUNTS_A_TASK) }),
  );
  const onDone = (done: number) =>
    progress({ stage: 'telling the truth', done, total: tasks.length, unit: 'steps' });
  return runTasks(workerUrl(import.meta.url, './truth-worker.ts'), plan, tasks, { threads, signal, onDone });
}
